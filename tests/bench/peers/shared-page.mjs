/** The least page that makes a shared editor of y-prosemirror: it asks the `@y/websocket-server` that its own address names for the text. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { mount } from "./page.mjs";

const doc = new Y.Doc();
const socket = new WebSocket(location.search.slice(1));
socket.binaryType = "arraybuffer";

const say = (write) => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  write(encoder);
  if (encoding.length(encoder) > 1) socket.send(encoding.toUint8Array(encoder));
};

let view = null;
socket.addEventListener("open", () => say((encoder) => writeSyncStep1(encoder, doc)));
socket.addEventListener("message", ({ data }) => {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  if (decoding.readVarUint(decoder) !== 0) return;
  say((encoder) => readSyncMessage(decoder, encoder, doc, "network"));
  if (doc.getXmlFragment("text").length > 0)
    view ??= mount(document.body.appendChild(document.createElement("div")), doc);
});
doc.on("update", (update, origin) => origin !== "network" && say((encoder) => writeUpdate(encoder, update)));
