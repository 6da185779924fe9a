/** The language of the pages. English until another one is whole; every page asks here. */
import type { Voice } from "../../../shared/messages/say.ts";
import { voiceIn } from "../../../shared/messages/say.ts";

export const speaker: Voice = voiceIn("en");
export const say: Voice["say"] = speaker.say;
export const pieces: Voice["pieces"] = speaker.pieces;
export const list: Voice["list"] = speaker.list;
