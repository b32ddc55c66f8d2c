#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# verifier.py JOURNAL [KEY [RECEIPT…]]: a recording's chain, seals and receipts, checked by what replays/README.md says.
import hashlib, json, re, subprocess, sys, tempfile
TRAILER = re.compile(rb',"d":(0|[1-9][0-9]{0,15}),"hash":"([0-9a-f]{64})"}\Z')

def trailer(line):
    return TRAILER.search(line, max(0, len(line) - 96))

def follows(before, line, m):  # the line's hash, from the hash before
    return hashlib.sha256(before + line[: m.end(1)]).hexdigest().encode() == m[2]

def is_good(line, seq, before, durable, m):
    start = b'{"seq":%d,' % seq if seq else b'{"format":"tocsin-journal",'
    return (m and len(line) < 2**20 and b"\0" not in line and line.startswith(start)
            and durable <= int(m[1]) < max(seq, 1) and follows(before, line, m))

def had_been_kept(lines, bad, offset, before=None):  # does a line from the bad one on say that it was on the disk?
    for i, line in enumerate(lines[bad:], bad):
        if (m := trailer(line)) and i > 0 and bad <= int(m[1]) < 2**53:
            if (offset + m.start(1)) // 512 == (offset + m.end(1) - 1) // 512 or before and follows(before, line, m):
                return True
        before, offset = m and m[2], offset + len(line) + 1

def seal_holds(line, head, seq, before):  # over the line with that seq and hash
    sig = re.search(rb'"sig":"([0-9a-f]{128})",', line)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("key", bytes.fromhex("302a300506032b6570032100" + head["key"])), ("sig", bytes.fromhex(sig[1].decode() if sig else "")),
                           ("text", f"tocsin-seal-1\n{head['run']}\n{seq}\n{before.decode()}\n".encode())):
            open(f"{folder}/{name}", "wb").write(data)
        return subprocess.run("openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig".split(),
                              cwd=folder, capture_output=True).returncode == 0

def judge(data, key, receipts):
    lines, hashes, durable, offset = data.removesuffix(b"\n").split(b"\n"), [b"0" * 64], 0, 0
    for line in lines if data.endswith(b"\n") else lines[:-1]:
        if not is_good(line, len(hashes) - 1, hashes[-1], durable, m := trailer(line)):
            break
        durable, offset, _ = int(m[1]), offset + len(line) + 1, hashes.append(m[2])
    good = len(hashes) - 1
    if good < len(lines) and had_been_kept(lines, good, offset):
        return "damaged", good + 1
    head = json.loads(lines[0]) if good else {}
    if len(head) not in (12, 15) or head["version"] != 1:  # d and hash are fields here, too
        return "no-journal", 1
    if key not in ("", head["key"]):
        return "forged", 1
    kinds = [line.split(b",", 3)[2] for line in lines[:good]]  # "k":"seal", and something else in the header
    for i in range(good):
        if kinds[i] == b'"k":"seal"' and not seal_holds(lines[i], head, i - 1, hashes[i]):
            return "forged", i + 1
    if not {r.encode() for r in receipts} <= set(hashes[1:]):
        return "truncated", good + 1
    if good < len(lines):
        return "torn", good + 1
    return "verified" if b'"k":"close"' in kinds and kinds[-1] == b'"k":"seal"' else "open", 0

found = judge(open(sys.argv[1], "rb").read(), "".join(sys.argv[2:3]), sys.argv[3:])
print(*found)
sys.exit({"verified": 0, "damaged": 5}.get(found[0], 1))
