import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, sha256Hex, wellFormed } from "../../shared/domain/canonical-json.ts";

test("members are sorted by UTF-16 code unit, as in the example of RFC 8785, 3.2.3", () => {
  const sample = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  expect([...canonicalJson(sample).matchAll(/:"([^"]*)"/g)].map((match) => match[1])).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ]);
});

test("strings are escaped as RFC 8785, 3.2.2.2 shows, and nothing else is", () => {
  expect(canonicalJson("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/\u2028é")).toBe(
    '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028é"',
  );
});

test("nested values have no white space and keep the order of arrays", () => {
  expect(canonicalJson({ b: [3, 1, { z: null, a: true }], a: { d: "", c: -0 } })).toBe(
    '{"a":{"c":0,"d":""},"b":[3,1,{"a":true,"z":null}]}',
  );
});

test("two orders of the same members have one spelling, and it parses back to the value", () => {
  const text = fc.string({ unit: "binary", maxLength: 6 });
  const leaf = fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(text, leaf, { maxKeys: 4 }));
  fc.assert(
    fc.property(fc.dictionary(text, value, { maxKeys: 5 }), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).toReversed());
      expect(canonicalJson(reversed)).toBe(canonicalJson(object));
      expect(canonicalJson(JSON.parse(canonicalJson(object)))).toBe(canonicalJson(object));
    }),
  );
});

test.each([
  ["a fraction", 1.5],
  ["an integer too large to be exact", 2 ** 53],
  ["infinity", Infinity],
  ["undefined", undefined],
  ["a member that is undefined", { a: undefined }],
  ["a hole in an array", Array.from({ length: 1 })],
  ["a map", new Map()],
  ["bytes", new Uint8Array(2)],
  ["a date", new Date(0)],
  ["a function", () => 1],
  ["a bigint", 1n],
  ["half a surrogate pair", "a\ud83d"],
  ["half a surrogate pair in a name", { "\ude00": 1 }],
])("%s has no canonical JSON", (_name, value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});

test("halves of a pair can be made well-formed without moving anything", () => {
  expect(wellFormed("\ud83da\ude00\ud83d\ude00")).toBe("\ufffda\ufffd\ud83d\ude00");
});

test("hashes are SHA-256 of UTF-8 in hex", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
});
