/** Deleting a paragraph from the draft, said once more: the words of others go with it, and their objections stay until they answer. */
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { WholeWords } from "../report/whole-words.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogForm } from "../ui/dialog.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly onRemove: (paragraph: ComposedParagraph) => void;
  readonly onClose: () => void;
}

/** An edit of the text and no act: what it comes to is on the record once it is circulated. */
export function RemoveDialog({ paragraph, onRemove, onClose }: Props) {
  return (
    <Dialog title={say("desk.remove.name")} onClose={onClose}>
      <DialogForm
        onSubmit={() => {
          onRemove(paragraph);
          onClose();
        }}
        footer={
          <>
            <Button onClick={onClose}>{say("desk.cancel")}</Button>
            <Button submits tone="primary">
              {say("desk.remove.name")}
            </Button>
          </>
        }
      >
        <p>{say("desk.remove.explains")}</p>
        <WholeWords content={paragraph.content} />
      </DialogForm>
    </Dialog>
  );
}
