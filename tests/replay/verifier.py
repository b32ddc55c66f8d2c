#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# verifier.py JOURNAL [--key HEX] [--run RUN] [--receipt HASH]…  checks chain, seals and receipts of a recording, and executes
# nothing. Written from replays/README.md alone. Prints verdict and line; exit codes as `tocsin verify`.
import hashlib, json, re, subprocess, sys, tempfile

FIELDS = ["format", "version", "semantics", "exercise", "run", "seed", "startex", "engine", "lua", "key"]
TRAILER = re.compile(rb',"d":(0|[1-9][0-9]{0,15}),"hash":"([0-9a-f]{64})"}\Z')
KIND = re.compile(rb'\{"seq":[0-9]+,"t":[0-9]+,"k":"([^"]*)"')

def trailer(line):
    m = TRAILER.search(line, max(0, len(line) - 96))
    return m if m and int(m[1]) < 2**53 else None

def follows(before, line, m):  # the line's hash, from the hash before
    return hashlib.sha256(before + line[: m.end(1)]).hexdigest().encode() == m[2]

def is_good(line, seq, before, durable, m):
    start = b'{"seq":%d,' % seq if seq else b'{"format":"tocsin-journal",'
    return (m and len(line) < 2**20 and b"\0" not in line and line.startswith(start)
            and durable <= int(m[1]) < max(seq, 1) and follows(before, line, m))

def had_been_kept(lines, bad, offset):  # does a line from the bad one on say that it was on the disk?
    before = None
    for i, line in enumerate(lines[bad:], bad):
        if (m := trailer(line)) and i > 0 and int(m[1]) >= bad:
            if (offset + m.start(1)) // 512 == (offset + m.end(1) - 1) // 512 or before and follows(before, line, m):
                return True
        before, offset = m and m[2], offset + len(line) + 1

def seal_holds(line, head, seq, before):  # over the line with that seq and hash
    with tempfile.TemporaryDirectory() as folder:
        try:
            sig = bytes.fromhex(json.loads(line[: trailer(line).start()] + b"}")["sig"])
            text = f"tocsin-seal-1\n{head['run']}\n{seq}\n{before.decode()}\n".encode()
            for name, data in ("sig", sig), ("text", text), ("key", bytes.fromhex("302a300506032b6570032100" + head["key"])):
                open(f"{folder}/{name}", "wb").write(data)
        except (ValueError, KeyError, TypeError):
            return False
        command = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig"
        return subprocess.run(command.split(), cwd=folder, capture_output=True).returncode == 0

def judge(data, key=None, run=None, receipts=()):
    *lines, rest = data.split(b"\n")  # rest: what stands behind the last newline
    hashes, durable, offset = [b"0" * 64], 0, 0
    while (good := len(hashes) - 1) < len(lines) and is_good(line := lines[good], good, hashes[-1], durable, m := trailer(line)):
        hashes, durable, offset = (hashes.append(m[2]), hashes)[1], int(m[1]), offset + len(line) + 1
    lines += [rest] if rest else []
    if good < len(lines) and had_been_kept(lines, good, offset):
        return "damaged", good + 1
    head = json.loads(lines[0]) if good else {}
    if list(head)[:-2] not in (FIELDS, FIELDS + ["parent", "parent_seq", "parent_hash"]) or head["version"] != 1:
        return "no-journal", 1
    if (key or head["key"]) != head["key"] or (run or head["run"]) != head["run"]:
        return "forged", 1
    kinds = [m and m[1] for m in map(KIND.match, lines[:good])]
    for i in (i for i in range(good) if kinds[i] == b"seal" and not seal_holds(lines[i], head, i - 1, hashes[i])):
        return "forged", i + 1
    if not {r.encode() for r in receipts} <= set(hashes[1:]):
        return "truncated", good + 1
    return ("torn", good + 1) if good < len(lines) else ("verified" if b"close" in kinds and kinds[-1] == b"seal" else "open", 0)

given = list(zip(sys.argv[2::2], sys.argv[3::2]))
found = judge(open(sys.argv[1], "rb").read(), dict(given).get("--key"), dict(given).get("--run"), [v for k, v in given if k == "--receipt"])
print(*found)
sys.exit({"verified": 0, "damaged": 5}.get(found[0], 1))
