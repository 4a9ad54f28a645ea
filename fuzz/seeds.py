#!/usr/bin/env python3
"""Fills the corpus of the target `bytes` with the inputs of the fixtures and of the labelled cases."""
import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz/corpus/bytes"

texts = [path.read_bytes() for path in sorted(ROOT.glob("fixtures/*/*/input.txt"))]
for path in sorted(ROOT.glob("cases/*.jsonl")):
    texts += [json.loads(line)["input"].encode() for line in path.read_text("utf-8").splitlines() if line]
CORPUS.mkdir(parents=True, exist_ok=True)
for text in texts:
    # The last byte says the settings: these are the defaults.
    (CORPUS / hashlib.sha1(text).hexdigest()).write_bytes(text + b"\0")
print(f"{len(texts)} texts in {CORPUS.relative_to(ROOT)}")
