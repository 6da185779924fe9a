/** A fault of ours: said plainly, with what was kept and a way on. */
import { useRouteError } from "react-router";
import { Button } from "./button.tsx";
import { PageState } from "./page-state.tsx";
import { say } from "./voice.ts";

export function Mishap() {
  const error = useRouteError();
  return (
    <PageState title={say("desk.mishap.title")}>
      <p>{say("desk.mishap.kept")}</p>
      <p>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </p>
      <Button tone="primary" onClick={() => location.reload()}>
        {say("desk.mishap.reload")}
      </Button>
    </PageState>
  );
}
