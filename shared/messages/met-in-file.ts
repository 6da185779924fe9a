/** Where in a file something was met, in words. */
import type { PlaceInFile } from "../domain/file-notices.ts";
import type { Voice } from "./say.ts";

export function sayPlace(place: PlaceInFile, voice: Pick<Voice, "say">): string {
  const where = sayWhere(place, voice);
  return place.words === undefined ? where : voice.say("desk.import.place.leftOut", { where, words: place.words });
}

function sayWhere({ before, after }: PlaceInFile, { say }: Pick<Voice, "say">): string {
  if (before === "") return say("desk.import.place.atBeginning", { after });
  return after === ""
    ? say("desk.import.place.atEnd", { before })
    : say("desk.import.place.between", { before, after });
}
