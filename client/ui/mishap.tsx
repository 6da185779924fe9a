/** A fault of ours: said plainly, with what was kept and a way on. */
import type { ReactNode } from "react";
import { Component } from "react";
import { Button } from "./button.tsx";
import { PageState } from "./page-state.tsx";
import { say } from "./voice.ts";

/** Shows what is in it until that fails. */
export class Mishap extends Component<{ readonly children: ReactNode }, { readonly trouble: string | null }> {
  override state = { trouble: null };

  static getDerivedStateFromError(trouble: unknown) {
    return { trouble: trouble instanceof Error ? trouble.message : String(trouble) };
  }

  override render() {
    if (this.state.trouble === null) return this.props.children;
    return (
      <PageState title={say("desk.mishap.title")}>
        <p>{say("desk.mishap.kept")}</p>
        <p>
          <code>{this.state.trouble}</code>
        </p>
        <Button tone="primary" onClick={() => location.reload()}>
          {say("desk.mishap.reload")}
        </Button>
      </PageState>
    );
  }
}
