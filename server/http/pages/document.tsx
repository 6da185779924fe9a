/** The frame of every page: language, stylesheet, banner, main, footer. No script anywhere. */
import type { ReactElement, ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { speaker } from "./speaker.ts";
import { stylesheetIn } from "./stylesheet.ts";

export const htmlOf = (page: ReactElement): string => `<!doctype html>${renderToStaticMarkup(page)}`;

export interface Frame {
  readonly title: string;
  /** Links of the negotiation, shown beside the name of the site; `here` is the page itself. */
  readonly links?: readonly { readonly href: string; readonly words: string; readonly here?: boolean }[];
  /** Page-specific class of the body: `reader`, `desk`, `plain`. */
  readonly look: "reader" | "plain" | "wide";
  /** The same in other forms, for feed readers and other programs. */
  readonly alternates?: readonly Alternate[];
  /** What stands in the banner under the site's name. */
  readonly banner: ReactNode;
  readonly children: ReactNode;
  /** The stylesheet inside the page instead of a link to it: for files that leave the server. */
  readonly alone?: boolean;
}

export interface Alternate {
  readonly href: string;
  readonly type: string;
  readonly title: string;
}

/** The same as in `client/index.html`: in the page, so that no browser asks for a file that is not there. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b4fa8'/%3E%3Cpath d='M4 3v10M9 3v10M12 3v10' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

export function Document({ title, links = [], alternates = [], look, banner, children, alone = false }: Frame) {
  const { language, dir, say } = speaker;
  const sheet = stylesheetIn(speaker);
  return (
    <html lang={language} dir={dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={icon} />
        <title>{title}</title>
        {alternates.map((one) => (
          <link key={one.href} rel="alternate" {...one} />
        ))}
        {/* React writes the text of a style element as it is; ours holds no "</". */}
        {alone ? <style>{sheet.css}</style> : <link rel="stylesheet" href={sheet.href} />}
      </head>
      <body className={look}>
        <a className="skip" href="#text">
          {say("site.skip")}
        </a>
        <header className="banner">
          {!alone && (
            <div className="imprint">
              <a className="house" href="/">
                {say("site.name")}
              </a>
              {links.length > 0 && (
                <nav aria-label={say("site.pages")}>
                  <ul>
                    {links.map(({ href, words, here }) => (
                      <li key={href}>
                        <a href={href} aria-current={here ? "page" : undefined}>
                          {words}
                        </a>
                      </li>
                    ))}
                  </ul>
                </nav>
              )}
            </div>
          )}
          {banner}
        </header>
        <main id="text">{children}</main>
        <footer className="colophon">
          <p>{say("site.footer")}</p>
        </footer>
      </body>
    </html>
  );
}
