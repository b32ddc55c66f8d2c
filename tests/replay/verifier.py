#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# verifier.py JOURNAL [--key HEX] [--run RUN] [--receipt HASH]…: chain, seals and receipts of a recording; it executes nothing.
# Written from replays/README.md alone, without a look at the engine; where that page has become clearer since, brought up to it.
import argparse, hashlib, json, os, re, subprocess, sys, tempfile
HEX, TRAILER = re.compile("[0-9a-f]{64}"), re.compile(rb',"d":(0|[1-9][0-9]{0,15}),"hash":"([0-9a-f]{64})"\}\n?\Z')
KIND = re.compile(rb'\{"seq":[0-9]+,"t":[0-9]+,"k":"([^"]*)"')
FIELDS, BRANCH = set("format version semantics exercise run seed startex engine lua key d hash".split()), {"parent", "parent_seq", "parent_hash"}
LEAST = {"version": 1, "semantics": 1, "seed": 0, "parent_seq": 0, "d": 0}  # the header's numbers; the rest of it is texts

def say(verdict, line="-"):
    print(verdict, line)
    sys.exit({"verified": 0, "damaged": 5}.get(verdict, 1))
def hex64(text): return text if HEX.fullmatch(text) else int("not hex")  # for argparse
def fits(name, v):                      # does a field of the header have the form it should?
    if name in LEAST: return type(v) is int and LEAST[name] <= v < 2 ** 53 and (name != "version" or v == 1)
    return type(v) is str and (name not in ("key", "parent_hash") or HEX.fullmatch(v)) and (name != "parent" or v)
def trailer(line):                      # d and hash, or None
    m = TRAILER.search(line, max(0, len(line) - 200))
    return m if m and int(m[1]) < 2 ** 53 else None
def follows(prev, line):                # the hash this line should have
    return hashlib.sha256(prev + line[:line.rindex(b',"hash":')]).hexdigest().encode()
def holds(key, text, sig):
    with tempfile.TemporaryDirectory() as d:
        for name, data in (("key", bytes.fromhex("302a300506032b6570032100" + key)), ("text", text), ("sig", sig)):
            open(os.path.join(d, name), "wb").write(data)
        return subprocess.run("openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig".split(),
                              cwd=d, capture_output=True).returncode == 0

a = argparse.ArgumentParser(); a.add_argument("journal"); a.add_argument("--key", type=hex64); a.add_argument("--run")
a.add_argument("--receipt", action="append", default=[], type=hex64); a = a.parse_args()
try: lines = open(a.journal, "rb").readlines()
except OSError as e: print(e, file=sys.stderr); sys.exit(3)
hashes, d, at = [b"0" * 64], 0, 0       # hashes[i + 1] is that of the line with seq i
for i, line in enumerate(lines):
    t, begin = trailer(line), b'{"seq":%d,' % i if i else b'{"format":"tocsin-journal",'
    if not (t and line.endswith(b"\n") and len(line) <= 1 << 20 and b"\0" not in line and line.startswith(begin)
            and d <= int(t[1]) < max(i, 1) and follows(hashes[-1], line) == t[2]): break
    hashes.append(t[2]); d = int(t[1]); at += len(line)
good = len(hashes) - 1                  # = seq of the first line that is not good
try: fields = json.loads(lines[0], object_pairs_hook=list) if good else []  # pairs, so that a name that stands twice shows
except ValueError: say("no journal")
if good and (len(head := dict(fields)) < len(fields) or set(head) not in (FIELDS, FIELDS | BRANCH) or not all(fits(*f) for f in fields)): say("no journal")
for j in range(good, len(lines)):
    if (j or good) and (t := trailer(lines[j])) and int(t[1]) >= good:
        before = trailer(lines[j - 1]) if j > good else None
        one_sector = (at + t.start(1)) // 512 == (at + t.end(1) - 1) // 512
        if one_sector or before and follows(before[2], lines[j]) == t[2]: say("damaged", good + 1)
    at += len(lines[j])
if not good: say("no journal")
if a.key and a.key != head["key"] or a.run and a.run != head["run"]: say("forged", 1)
kinds = [m and m[1] for m in map(KIND.match, lines[:good])]
for i in (i for i in range(good) if kinds[i] == b"seal"):
    sig = re.search(rb'"k":"seal","sig":"([0-9a-f]{128})","d":', lines[i])
    text = f"tocsin-seal-1\n{head['run']}\n{i - 1}\n{hashes[i].decode()}\n".encode()
    if not sig or not holds(head["key"], text, bytes.fromhex(sig[1].decode())): say("forged", i + 1)
ends = b"close" in kinds and kinds[-1] == b"seal"
if ends and len({re.search(rb'"t":([0-9]+)', x)[1] for x in lines[good - 2:good]}) == 2: say("forged", good)
if any(r.encode() not in hashes[1:] for r in a.receipt): say("foreign receipt") if a.key and ends and good == len(lines) else say("truncated", good + 1)
say("torn", good + 1) if good < len(lines) else say("verified" if ends else "open")
