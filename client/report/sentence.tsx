/** What the record or a list says, with the names of paragraphs leading to them. */
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { Piece } from "../../shared/messages/tell.ts";
import styles from "./sentence.module.css";

interface Props {
  readonly pieces: readonly Piece[];
  readonly onShow: (id: ParagraphId) => void;
}

export const Sentence = ({ pieces, onShow }: Props) =>
  pieces.map((piece, index) =>
    typeof piece === "string" ? (
      piece
    ) : (
      <button key={index} type="button" className={styles["paragraph"]} onClick={() => onShow(piece.paragraph)}>
        {piece.words}
      </button>
    ),
  );
