#!/usr/bin/env python3
"""Compares the package with the program on the same articles, side by side in one run.

    python python/benches/speed.py [--bin PROGRAM] [--mb 50] [--runs 5]

The package must be installed, built as for a release (see CONTRIBUTING.md). Rows take turns, so that all meet the machine in
the same moods; what counts are the ratios within one run. Each figure is the median of the runs: megabytes of text a second
by the clock, the same by the time of all processors together, and the latter as a share of the program's.
"""
import argparse
import importlib.util
import pathlib
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benches/compare"))
sys.dont_write_bytecode = True  # a folder of sources stays one
import corpus  # noqa: E402
from copydesk import Cleaner  # noqa: E402

END = "\f\n"


def articles(size):
    rng, made, written = random.Random(7), [], 0
    while written < size:
        made.append(corpus.article(rng, True).removesuffix(END))
        written += len(made[-1])
    return made


def command(program, text, *options):
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.seek(0)
        start = time.perf_counter()
        subprocess.run([program, "--isolated", "--separator", r"\f", *options], stdin=file, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start


def call(function, *arguments, **options):
    start = time.perf_counter()
    function(*arguments, **options)
    return time.perf_counter() - start


def rows(program, texts):
    cleaner, whole = Cleaner(), "".join(text + END for text in texts).encode()
    found = {
        "the command, one thread": lambda: command(program, whole, "--threads", "1"),
        "the command, every core": lambda: command(program, whole),
        "clean, one by one": lambda: call(lambda: [cleaner.clean(text) for text in texts]),
        "clean_many, one thread": lambda: call(cleaner.clean_many, texts, threads=1),
        "clean_many, every core": lambda: call(cleaner.clean_many, texts),
    }
    if importlib.util.find_spec("pyarrow"):
        import pyarrow

        array = pyarrow.array(texts)
        found["clean_arrow, one thread"] = lambda: call(cleaner.clean_arrow, array, threads=1)
        found["clean_arrow, every core"] = lambda: call(cleaner.clean_arrow, array)
    return found


def processors():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=shutil.which("copydesk", path=str(pathlib.Path(sys.executable).parent)))
    parser.add_argument("--mb", type=float, default=50, help="size of the articles in 10^6 characters (default 50)")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    texts = articles(int(args.mb * 1e6))
    size = sum(len(text.encode()) for text in texts)
    found = rows(args.bin, texts)
    clock, used = {name: [] for name in found}, {name: [] for name in found}
    for _ in range(args.runs):
        for name, run in found.items():
            before = processors()
            clock[name].append(run())
            used[name].append(processors() - before)
    program = statistics.median(used["the command, one thread"])
    print(f"{len(texts)} articles, {size / 1e6:.0f} MB\n\n{'':26}{'MB/s':>8}{'MB/s of processors':>20}{'x the command':>15}")
    for name in found:
        by_clock, by_use = statistics.median(clock[name]), statistics.median(used[name])
        print(f"{name:26}{size / 1e6 / by_clock:8.0f}{size / 1e6 / by_use:20.0f}{program / by_use:15.2f}")


if __name__ == "__main__":
    main()
