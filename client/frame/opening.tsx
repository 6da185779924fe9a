/** What stands there until a desk does: that it comes and, on a bad line, that it still does and what else can be done. */
import { useEffect, useState } from "react";
import { paths } from "../paths.ts";
import { Button } from "../ui/button.tsx";
import { PageState } from "../ui/page-state.tsx";
import { say } from "../ui/voice.ts";

/** A desk on a good line is there long before; counted from the moment the page was asked for. */
const slowMs = 6_000;

/** As far as the browser says; not every one does. */
function isKnownSlow(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly effectiveType: string } };
  return connection?.effectiveType.endsWith("2g") ?? false;
}

export function Opening({ onRetry }: { readonly onRetry?: () => void }) {
  const [isSlow, setSlow] = useState(() => performance.now() >= slowMs);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs - performance.now());
    return () => clearTimeout(timer);
  }, []);
  // Before the routes are there to be asked.
  const [, slug, seat] = /^\/n\/([^/]+)\/desk\/(delegation:\w+)/.exec(decodeURIComponent(location.pathname)) ?? [];
  return (
    <PageState title={say("desk.loading")} busy>
      <p role="status">{isSlow && say("desk.opening.still")}</p>
      {slug && seat && (
        <p>
          {say(isKnownSlow() ? "desk.opening.knownSlow" : "desk.opening.slow")}{" "}
          <a href={paths.lightPage(slug, seat)}>{say("desk.opening.light")}</a>
        </p>
      )}
      {isSlow && onRetry && <Button onClick={onRetry}>{say("desk.retry")}</Button>}
    </PageState>
  );
}
