/** Where the page is, and the way to another of its own places without loading it again. */
import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { useSyncExternalStore } from "react";

/** The path of the address, decoded. */
export const usePath = (): string => useSyncExternalStore(onMove, () => decodeURIComponent(location.pathname));

function onMove(moved: () => void): () => void {
  addEventListener("popstate", moved);
  return () => removeEventListener("popstate", moved);
}

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
}

/** A link to another place of this page; opened elsewhere, as with Ctrl, it is any link. */
export function Link({ href, children, ...rest }: Props) {
  const go = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", href);
    // Browsers tell of going back and forth only.
    dispatchEvent(new PopStateEvent("popstate"));
  };
  return (
    <a {...rest} href={href} onClick={go}>
      {children}
    </a>
  );
}
