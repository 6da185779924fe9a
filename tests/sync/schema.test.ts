import { expect, test } from "vitest";
import { blockOfNode, nodeOfBlock } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import { id, paragraph } from "./support.ts";

test("[SYN1] a block becomes a node and comes back equal", () => {
  const block = paragraph(
    "p1",
    [
      { t: "text", text: "States " },
      { t: "text", text: "should", marks: ["strong", "underline"] },
      { t: "footnote", id: "f1", text: "Pending." },
      { t: "ref", to: id("p2") },
    ],
    { kind: "heading", level: 2, part: "chair-summary" },
  );
  const node = nodeOfBlock(block);
  node.check();
  expect(blockOfNode(node)).toEqual(block);
});

test("[SYN1] a paragraph without an id is no block, and an unknown embed takes one character of it", () => {
  expect(blockOfNode(schema.node("paragraph"))).toBeNull();
  const node = schema.node("paragraph", { id: id("p1") }, schema.node("unknown", { json: "{}" }));
  expect(blockOfNode(node)?.content).toEqual([{ t: "text", text: "\uFFFC" }]);
});

test.each([
  ["paragraph", { id: "p1" }],
  ["paragraph", { id: "<script>" }],
  ["heading", { level: 3 }],
  ["heading", { level: "1" }],
  ["paragraph", { part: "annex" }],
  ["footnote", { id: "f 1", text: "" }],
  ["footnote", { id: "f1", text: 7 }],
  ["ref", { to: "p1" }],
])("[SYN1] a %s with %o does not pass the schema", (type, attrs) => {
  expect(() => schema.node(type, attrs).check()).toThrow(RangeError);
  expect(() => schema.nodeFromJSON({ type, attrs }).check()).toThrow(RangeError);
});
