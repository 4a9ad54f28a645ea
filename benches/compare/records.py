#!/usr/bin/env python3
"""Compares copydesk on records with other programs, side by side in one run, on made-up news (corpus.py beside this file).

    python3 benches/compare/records.py [--bin target/release/copydesk] [--mb 50] [--runs 5] [--kind clean|news]

Build first: `cargo build --release`. As in compare.py the programs take turns, and what counts are ratios within one run. Each
row is the median of its runs. The second part compares one run with two threads with two runs with one thread each on the halves
of the same records, by time and by processor time. jq is left out where it is not installed.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # a folder of sources stays one
import corpus  # noqa: E402

LOOP = """import json, sys
for line in sys.stdin:
    record = json.loads(line)
    record["text"] = record["text"].replace("USA", "U.S.")
    sys.stdout.write(json.dumps(record) + "\\n")
"""


def write(folder, kind, size):
    """The same articles as a stream of texts, as JSON Lines (with escapes, as Python writes them) and as CSV."""
    written = 0
    with open(folder / "texts", "w") as texts, open(folder / "a.jsonl", "w") as lines, open(folder / "a.csv", "w") as table:
        table.write("id,text\n")
        for number, piece in enumerate(corpus.pieces(kind)):
            text = piece.removesuffix("\f\n")
            texts.write(piece)
            written += lines.write(json.dumps({"id": number, "url": f"https://news.example/{number}", "text": text}) + "\n")
            quoted = text.replace('"', '""')
            table.write(f'{number},"{quoted}"\n')
            if written >= size:
                return


def halve(folder):
    data = (folder / "a.jsonl").read_bytes()
    middle = data.index(b"\n", len(data) // 2) + 1
    (folder / "first.jsonl").write_bytes(data[:middle])
    (folder / "second.jsonl").write_bytes(data[middle:])


def run(commands):
    """Runs commands at once; elapsed and processor time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    children = [subprocess.Popen(argv, stdin=open(path, "rb"), stdout=subprocess.DEVNULL) for argv, path in commands]
    if any(child.wait() for child in children):
        sys.exit(f"{commands[0][0]}: exit status {[child.returncode for child in children]}")
    elapsed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/copydesk")
    parser.add_argument("--mb", type=float, default=50, help="size of the JSON Lines in 10^6 bytes (default 50)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kind", default="clean", choices=["clean", "news"])
    args = parser.parse_args()
    program = os.path.abspath(args.bin)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder, args.kind, int(args.mb * 1e6))
        halve(folder)
        one, lines = [program, "--isolated", "--threads", "1"], [program, "--isolated", "--input-format", "jsonl", "--threads"]
        rows = {
            "cat": [(["cat"], folder / "a.jsonl")],
            "copydesk, texts": [([*one, "--separator", "\\f"], folder / "texts")],
            "copydesk, JSON Lines": [([*lines, "1"], folder / "a.jsonl")],
            "copydesk, CSV": [([*one, "--input-format", "csv"], folder / "a.csv")],
            "python, json and replace": [([sys.executable, "-c", LOOP], folder / "a.jsonl")],
            "copydesk, 2 threads": [([*lines, "2"], folder / "a.jsonl")],
            "copydesk, 2 processes": [([*lines, "1"], folder / half) for half in ("first.jsonl", "second.jsonl")],
        }
        if shutil.which("jq"):
            rows["jq -c ."] = [(["jq", "-c", "."], folder / "a.jsonl")]
        times = {row: [] for row in rows}
        for turn in range(args.runs + 1):
            for row, commands in rows.items():
                measured = run(commands)
                if turn > 0:
                    times[row].append(measured)
        sizes = {row: sum(path.stat().st_size for _, path in commands) for row, commands in rows.items()}
    texts = statistics.median(time for time, _ in times["copydesk, texts"]) / sizes["copydesk, texts"]
    print(f"{'':26}{'MB/s':>8}{'x texts':>9}{'processor s':>13}")
    for row, measured in times.items():
        elapsed, processor = (statistics.median(column) for column in zip(*measured))
        print(f"{row:26}{sizes[row] / elapsed / 1e6:8.0f}{elapsed / sizes[row] / texts:9.2f}{processor:13.2f}")


if __name__ == "__main__":
    main()
