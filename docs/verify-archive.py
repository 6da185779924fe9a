#!/usr/bin/env python3
"""Checks an archive of Rapporteur without any code of Rapporteur: Python's standard library and this page.

    python3 verify-archive.py talks.zip              is the file whole, and its record a chain?
    python3 verify-archive.py talks.zip 41:9f3c...   is entry 41 the one whose hash my receipt tells?

What is checked: the SHA-256 of each file; that entries are numbered from 1 and each holds the hash of the one
before; that each entry shown is what its hash says; that the last one is the one that archive.json names.
What is not: that the report and the draft follow from the record (the command `verify` of Rapporteur does).

    commitment of a section = SHA-256 of the canonical JSON (RFC 8785) of [salt, section]
    hash of an entry        = SHA-256 of the canonical JSON of its commitments with v, seq and prev

Ends with 0 when all holds, 1 when something does not, 2 when it was called wrongly.
"""
import hashlib
import json
import sys
import zipfile

SECTIONS = ("at", "person", "what", "who", "why")
MOST_BYTES = 512 * 1024 * 1024


class Untrue(Exception):
    """Something in the archive is not what it says it is."""


def canonical(value):
    """RFC 8785 for strings, integers, booleans, null, arrays and objects; names in the order of UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise Untrue("a number in the record is no integer")
    return json.dumps(value, ensure_ascii=False)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def commitment(entry, section):
    """Of a section that is shown it is computed, of a hidden one it is given."""
    salt = entry["salts"].get(section)
    if salt is None:
        return entry[section]["hidden"]
    return sha256(canonical([salt, entry[section]]).encode())


def hash_of(entry):
    if entry["v"] != 1:
        raise Untrue(f"entry {entry['seq']} is of a form that this page does not know")
    hashed = {section: commitment(entry, section) for section in SECTIONS}
    return sha256(canonical({**hashed, "v": 1, "seq": entry["seq"], "prev": entry["prev"]}).encode())


def read(path):
    """The files of the archive, each held to the checksum that archive.json has of it."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)) or sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
            raise Untrue("a name stands in it twice, or it is larger than any archive")
        files = {name: archive.read(name) for name in names}
    manifest = json.loads(files.pop("archive.json"))
    if manifest.get("format") != "rapporteur-archive" or manifest["v"] != 1:
        raise Untrue("archive.json is not of a form that this page knows")
    for name in sorted(files.keys() ^ manifest["files"].keys()):
        raise Untrue(f"{name} is missing, or is not part of it")
    for name, said in manifest["files"].items():
        if len(files[name]) != said["bytes"] or sha256(files[name]) != said["sha256"]:
            raise Untrue(f"{name} is not what was written")
    return manifest, [json.loads(line) for line in files["record.jsonl"].split(b"\n") if line]


def verify(path, known):
    manifest, entries = read(path)
    last = {"seq": 0, "hash": "0" * 64}
    hidden = sealed = 0
    for entry in entries:
        if entry["seq"] != last["seq"] + 1 or entry["prev"] != last["hash"]:
            raise Untrue(f"entry {last['seq'] + 1} does not follow the one before")
        if entry.get("sealed") is True:
            sealed += 1  # its hash is held by the entry that follows it
        elif hash_of(entry) != entry["hash"]:
            raise Untrue(f"entry {entry['seq']} is not what its hash says")
        else:
            hidden += sum(section not in entry["salts"] for section in SECTIONS)
        if known.get(entry["seq"], entry["hash"]) != entry["hash"]:
            raise Untrue(f"entry {entry['seq']} is not the one of your receipt: this is another record")
        last = entry
    if last["seq"] != manifest["seq"] or last["hash"] != manifest["hash"]:
        raise Untrue("the record does not end where archive.json says")
    for seq in known:
        if not 1 <= seq <= last["seq"]:
            raise Untrue(f"entry {seq} of your receipt is not in it: it ends with entry {last['seq']}")
    print(f"{manifest['title']} ({manifest['slug']}): {last['seq']} entries, whole and in order")
    print(f"as {manifest['reader']} may see it: {sealed} entries sealed, {hidden} sections hidden, each by its hash")
    for seq in known:
        print(f"entry {seq} is the one of your receipt")
    print(f"compare with somebody who was there: entry {last['seq']} has the hash {last['hash']}")


def main(words):
    try:
        path, *receipts = words
        known = {int(seq): digest for seq, _, digest in (word.partition(":") for word in receipts)}
        if any(len(digest) != 64 for digest in known.values()):
            raise ValueError
    except ValueError:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        verify(path, known)
    except Untrue as untrue:
        print(f"NOT TRUE: {untrue}", file=sys.stderr)
        return 1
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        print(f"NOT TRUE: it cannot be read as an archive: {trouble!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
