/** What an actor can ask for. The codecs in `shared/wire` give these shapes to the outside; `decide.ts` answers. */
import type { Language } from "./languages.ts";
import type { AdoptionCommand } from "./adoption.ts";
import type { BridgingCommand } from "./bridging.ts";
import type { Condition } from "./conditions.ts";
import type { DisclosurePreset, Method, Topic } from "./entries.ts";
import type { Lift } from "./lifting.ts";
import type { GroupCommand } from "./groups.ts";
import type { PackageCommand } from "./packages.ts";
import type { Disclosure, Ground, Level, Question, Remedy, Span } from "./positions.ts";
import type { ProposalCommand } from "./proposals.ts";
import type { Delegation, Seat } from "./roster.ts";
import type { SilenceCommand } from "./silence.ts";
import type {
  DelegationCode,
  EpochMs,
  GroupId,
  ParagraphId,
  Part,
  PersonId,
  PositionId,
  WordingHash,
} from "./values.ts";
import type { AlternativeCommand } from "./alternatives.ts";
import type { SummaryCommand } from "./summary.ts";
import type { VersionCommand } from "./versions.ts";

export interface LodgePosition {
  readonly kind: "lodge-position";
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
  readonly level: Level;
  /** The objection is to the part the paragraph stands in, not to its words. */
  readonly placement?: boolean;
  readonly ground?: Ground;
  readonly reason?: string;
  readonly remedy?: Remedy;
  readonly condition?: string;
  /** What it hangs on elsewhere, beside the free words. */
  readonly conditions?: readonly Condition[];
  readonly span?: Span;
  /** Only widens what the negotiation's rule already discloses. */
  readonly disclosure?: Disclosure;
  /** An own standing position that this one takes the place of, for example an objection turned into a reservation. */
  readonly replaces?: PositionId;
  /** The chair's team records what this delegation said from the floor. */
  readonly onBehalfOf?: DelegationCode;
  /** The delegation speaks for this group. */
  readonly onBehalfOfGroup?: GroupId;
}

export type Command =
  | LodgePosition
  | SilenceCommand
  | AdoptionCommand
  /** `dissociates`: of an objection: instead of it the delegation will dissociate itself from the paragraph once the report is adopted. */
  | { readonly kind: "withdraw-position"; readonly position: PositionId; readonly dissociates?: boolean }
  /** `ending`: what the confirming person read that the team heard; null: that nothing was heard but the position itself. */
  | { readonly kind: "confirm-position"; readonly position: PositionId; readonly ending?: "withdrawn" | "met" | null }
  /** On the words that stand now. `paragraph` chooses one where its words stand in several. */
  | {
      readonly kind: "reaffirm-position";
      readonly position: PositionId;
      readonly wording: WordingHash;
      readonly reason?: string;
    }
  | { readonly kind: "confirm-met"; readonly position: PositionId; readonly wording?: WordingHash }
  /** Of an objection that stands. */
  | {
      readonly kind: "ask-author";
      readonly position: PositionId;
      readonly whether: Question;
      readonly note?: string;
    }
  | { readonly kind: "circulate"; readonly note?: string }
  | { readonly kind: "gavel"; readonly paragraph: ParagraphId; readonly wording: WordingHash }
  | { readonly kind: "reopen"; readonly paragraph: ParagraphId; readonly reason: string }
  | { readonly kind: "move-paragraph"; readonly paragraph: ParagraphId; readonly to: Part; readonly reason?: string }
  /** On the draft. `wording` are its words now, and `at` where the bracket opens in them. */
  | {
      readonly kind: "lift-bracket";
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly at: number;
      readonly how: Lift;
      readonly reason?: string;
    }
  | VersionCommand
  /** `phase`: what the part of the negotiation is called that begins with it. `from`: announced ahead; at once without it. */
  | {
      readonly kind: "set-disclosure";
      readonly preset: DisclosurePreset;
      readonly phase?: string;
      readonly from?: EpochMs;
    }
  | { readonly kind: "set-method"; readonly method: Method }
  | { readonly kind: "set-title"; readonly title: string }
  | { readonly kind: "set-language"; readonly language: Language }
  | { readonly kind: "set-agenda"; readonly topics: readonly Topic[] }
  | { readonly kind: "add-delegation"; readonly delegation: Delegation }
  | { readonly kind: "change-delegation"; readonly delegation: Delegation }
  | { readonly kind: "remove-delegation"; readonly delegation: DelegationCode }
  | { readonly kind: "invite"; readonly seat: Seat }
  | { readonly kind: "revoke-seat"; readonly seat: Seat; readonly person: PersonId }
  | SummaryCommand
  | AlternativeCommand
  | GroupCommand
  | PackageCommand
  | ProposalCommand
  | BridgingCommand;

export type CommandKind = Command["kind"];
