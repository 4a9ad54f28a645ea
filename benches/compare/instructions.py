#!/usr/bin/env python3
"""Counts the program's instructions (callgrind) on made-up news (corpus.py) and compares them with the stored counts.

    python3 benches/compare/instructions.py [--bin target/release/copydesk] [--update]

Build first: `cargo build --release`. A count does not depend on how busy the machine is, so a slowdown shows where times would
scatter: more than 5 % above instructions.json is an error. `--update` stores what was counted. Counts of another compiler, C
library or kind of processor can't be compared: they are skipped, with exit status 0 and a line that says so. The stored
text is told by its hash.
"""
import argparse
import hashlib
import io
import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True  # a folder of sources stays one
import corpus  # noqa: E402

STORED = pathlib.Path(__file__).resolve().with_name("instructions.json")
SLACK = 0.05
UPDATE = "python3 benches/compare/instructions.py --update"
# What is counted: kind of text (none: the start alone) and its size in bytes.
RUNS = {
    "start-up": (None, 0),
    "news": ("news", 1_000_000),
    "clean": ("clean", 1_000_000),
    "listed": ("listed", 1_000_000),
    "dense": ("dense", 250_000),
}


def first_line(*argv):
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.splitlines()[0]


def machine():
    """What the counts depend on beside the program: searches pick AVX2 where the processor has it."""
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text().split()
    except OSError:
        flags = []
    return {
        "rustc": first_line("rustc", "--version"),
        "libc": " ".join(platform.libc_ver()),
        "processor": platform.machine() + (" avx2" if "avx2" in flags else ""),
        "counter": first_line("valgrind", "--version"),
    }


def text(kind, size):
    out = io.BytesIO()
    if kind:
        corpus.write(kind, size, out)
    return out.getvalue()


def count(binary, data):
    # One thread: how the work is shared out differs from run to run.
    ours = [binary, "--isolated", "--threads", "1", "--separator", r"\f"]
    argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *ours]
    run = subprocess.run(argv, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    counted = re.search(rb"Collected\s*:\s*(\d+)", run.stderr)
    if run.returncode or not counted:
        sys.exit(f"instructions.py: the run under valgrind failed:\n{run.stderr.decode(errors='replace')}")
    return int(counted[1])


def counts(binary):
    for name, (kind, size) in RUNS.items():
        data = text(kind, size)
        yield name, {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "instructions": count(binary, data)}


def compare(stored, counted):
    """Prints a line for each run; gives whether all are within the slack."""
    within = True
    for name, now in counted.items():
        before = stored.get(name, {})
        if before.get("sha256") != now["sha256"]:
            print(f"{name:9} {now['instructions']:14,}  another text than the one stored: store its count with {UPDATE}")
            within = False
            continue
        change = now["instructions"] / before["instructions"] - 1
        verdict = ""
        if change > SLACK:
            verdict = "  SLOWER"
        elif change < -SLACK:
            verdict = f"  faster: keep it with {UPDATE}"
        print(f"{name:9} {now['instructions']:14,}  {change:+7.1%}{verdict}")
        within = within and change <= SLACK
    return within


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/copydesk", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="store what is counted")
    args = parser.parse_args()
    for program in ("valgrind", "rustc"):
        if not shutil.which(program):
            print(f"skipped: {program} is not installed")
            return
    if not args.bin.exists():
        sys.exit(f"instructions.py: there is no {args.bin}: build it with `cargo build --release`")
    here = machine()
    stored = json.loads(STORED.read_text()) if STORED.exists() else {"machine": None, "counts": {}}
    if not args.update and stored["machine"] != here:
        print(f"skipped: the stored counts are of {stored['machine']}, this is {here}; replace them with {UPDATE}")
        return
    counted = dict(counts(str(args.bin)))
    if args.update:
        STORED.write_text(json.dumps({"machine": here, "counts": counted}, indent=2) + "\n")
        print(f"stored in {STORED.name}:", ", ".join(f"{name} {c['instructions']:,}" for name, c in counted.items()))
    elif not compare(stored["counts"], counted):
        sys.exit(f"instructions.py: more than {SLACK:.0%} above the stored counts. Look for the cause; if the change is worth it: {UPDATE}")


if __name__ == "__main__":
    main()
