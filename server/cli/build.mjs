/** `npm run build`: the client and the server, where they are older than their sources. */
import { build, first } from "./set-up.mjs";

first(build);
