#!/usr/bin/env python3
"""Compares copydesk with `sed -i` on a tree of small files, side by side in one run, on made-up news (corpus.py beside this file).

    python3 benches/compare/files.py [--bin target/release/copydesk] [--files 20000] [--runs 3]

Build first: `cargo build --release`. Each run gets a new copy of the tree and a `sync` before the clock starts; the programs take
turns, and each row is the median of its runs. sed has two rules and rewrites every file, none of them synced to the disk;
copydesk runs every stage, rewrites what changes, and syncs what it writes.
"""
import argparse
import io
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # a folder of sources stays one
import corpus  # noqa: E402

MARKER = r"\[an error occurred while processing the directive\]"


def write_tree(folder, files):
    text = io.BytesIO()
    corpus.write("news", 3000 * files, text)
    articles = text.getvalue().split(b"\f\n")
    if len(articles) < files:
        sys.exit(f"the corpus has only {len(articles)} articles")
    for i, article in enumerate(articles[:files]):
        path = folder / f"{i // 500:03}" / f"{i:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(article)


def timed(command, folder):
    os.sync()
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/copydesk")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    ours = f"'{pathlib.Path(args.bin).resolve()}' --isolated -r"
    # `again` finds every file clean; `check` exits with 1 where a file would change.
    rows = {
        "sed -i, two rules": f"find in -name '*.txt' -print0 | LC_ALL=C xargs -0 sed -i -e 's/{MARKER}//' -e 's/USA/U.S./g'",
        "copydesk -r -w": f"{ours} -w in",
        "copydesk -r -w, again": f"{ours} -w in",
        "copydesk -r --out-dir": f"{ours} in --out-dir out",
        "copydesk -r --check": f"{ours} --check in || test $? = 1",
    }
    times = {name: [] for name in rows}
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        write_tree(top / "tree", args.files)
        for _ in range(args.runs):
            for name, command in rows.items():
                if not name.endswith("again"):
                    shutil.rmtree(top / "run", ignore_errors=True)
                    shutil.copytree(top / "tree", top / "run" / "in")
                times[name].append(timed(command, top / "run"))
    sed = statistics.median(times["sed -i, two rules"])
    print(f"{args.files} files{'x sed':>23}{'files/s':>10}")
    for name, taken in times.items():
        seconds = statistics.median(taken)
        print(f"{name:26}{seconds / sed:8.2f}{args.files / seconds:10.0f}")


if __name__ == "__main__":
    main()
