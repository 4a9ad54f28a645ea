#!/usr/bin/env python3
"""Compares copydesk with other filters, side by side in one run, on made-up news (corpus.py beside this file).

    python3 benches/compare/compare.py [--bin target/release/copydesk] [--mb 50] [--runs 5]

Build first: `cargo build --release`. The programs take turns, so that all meet the machine in the same moods; what counts
are the ratios within one run, never the seconds. Each row is the median of its runs; a first one, which is not counted,
fills the caches and takes the peak of resident memory. Programs that are not installed are left out:

  cat | cat    the floor for a filter in a pipe
  sed          GNU sed with two rules: a marker removed, USA replaced
  perl         the same two rules, and repeated lines dropped
  rg, sd       one replacement (ripgrep with --passthru)
  ftfy         its defaults, on a tenth of the text

All but copydesk run in the C locale, which is their fastest, and do far less than it does. Then hostile input, a million
bytes and ten million: the time should grow no more than twelvefold. Linux only (peaks of memory are read from /proc).
"""
import argparse
import importlib.util
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
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, LC_ALL="C"))


class Row:
    def __init__(self, name, argv, path, pipe=False):
        self.name, self.argv, self.path, self.pipe = name, argv, path, pipe
        self.size, self.times, self.peak = path.stat().st_size, [], None

    def run(self):
        feeder = subprocess.Popen(["cat", self.path], stdout=subprocess.PIPE) if self.pipe else None
        start = time.perf_counter()
        with feeder.stdout if feeder else open(self.path, "rb") as stdin:
            status = subprocess.run(self.argv, stdin=stdin, **QUIET).returncode
        self.times.append(time.perf_counter() - start)
        if feeder:
            feeder.wait()
        if status:
            sys.exit(f"{self.name}: exit status {status}")

    def warm_up(self):
        """A run that is not counted; the peak of resident memory is that of the program alone, read before it is reaped."""
        with open(self.path, "rb") as stdin:
            child = subprocess.Popen(self.argv, stdin=stdin, **QUIET)
        status = pathlib.Path(f"/proc/{child.pid}/status")
        while child.poll() is None:
            try:
                peak = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")), None)
            except OSError:
                break
            self.peak = int(peak) if peak else self.peak
            time.sleep(0.0005)
        child.wait()

    def per_byte(self):
        return statistics.median(self.times) / self.size


def rows(args, folder):
    def text(kind, mb):
        path = folder / f"{kind}-{mb:g}"
        if not path.exists():
            with open(path, "wb") as out:
                corpus.write(kind, int(mb * 1e6), out)
        return path

    news = text("news", args.mb)
    ours = [str(pathlib.Path(args.bin).resolve()), "--isolated", "--threads", "1", "--separator", r"\f"]
    peers = [
        ("sed, two rules", ["sed", "-e", f"s/{MARKER}//", "-e", "s/USA/U.S./g"], news),
        ("perl, two rules, dedupe", ["perl", "-ne", rf"s/{MARKER}//; s/\bUSA\b/U.S./g; print if /^\s*$/ || !$seen{{$_}}++"], news),
        ("rg --passthru -r", ["rg", "--no-config", "--passthru", "-N", "-r", "U.S.", rf"{MARKER}|\bUSA\b", "-"], news),
        ("sd, one rule", ["sd", "USA", "U.S."], news),
    ]
    found = [Row("cat | cat", ["cat"], news, pipe=True)]
    found += [Row(name, argv, path) for name, argv, path in peers if shutil.which(argv[0])]
    if importlib.util.find_spec("ftfy"):
        found.append(Row("ftfy", [sys.executable, "-c", "import ftfy.cli; ftfy.cli.main()"], text("news", args.mb / 10)))
    found += [Row("copydesk", ours, news), Row("copydesk, in a pipe", ours, news, pipe=True)]
    found += [Row(f"copydesk --only {s}", [*ours, "--only", s], news) for s in ("markers", "titles", "truncation", "usa")]
    found += [Row(f"copydesk, {kind}", ours, text(kind, args.mb)) for kind in ("clean", "dense")]
    hostile = [[Row(kind, ours, text(kind, mb)) for mb in (1, 10)] for kind in corpus.HOSTILE]
    empty = folder / "empty"
    empty.touch()
    starts = [Row(name, argv, empty) for name, argv in (("true", ["true"]), ("copydesk", ours))]
    return found, hostile, starts


def measure(found, runs):
    for row in found:
        row.warm_up()
    for _ in range(runs):
        for row in found:
            row.run()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/copydesk")
    parser.add_argument("--mb", type=float, default=50, help="size of each text in 10^6 bytes (default 50)")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found, hostile, starts = rows(args, pathlib.Path(folder))
        measure(found, args.runs)
        measure(starts, 10 * args.runs)
        measure([row for pair in hostile for row in pair], min(args.runs, 3))

    by_name = {row.name: row.per_byte() for row in found}
    print(f"{'':26}{'MB/s':>8}{'x cat':>8}{'x sed':>8}{'peak MiB':>10}")
    for row in found:
        sed = f"{row.per_byte() / by_name['sed, two rules']:8.2f}" if "sed, two rules" in by_name else f"{'-':>8}"
        peak = f"{row.peak / 1024:10.1f}" if row.peak else f"{'-':>10}"
        print(f"{row.name:26}{1e-6 / row.per_byte():8.0f}{row.per_byte() / by_name['cat | cat']:8.2f}{sed}{peak}")
    true, own = (statistics.median(row.times) for row in starts)
    print(f"\nstart-up: {own / true:.2f} times that of `true`")
    print(f"\nhostile input: {'MB/s':>11}{'10 x input':>14}{'peak MiB':>10}")
    for small, big in hostile:
        growth = statistics.median(big.times) / statistics.median(small.times)
        peak = f"{big.peak / 1024:10.1f}" if big.peak else f"{'-':>10}"
        print(f"{big.name:15}{1e-6 / big.per_byte():11.1f}{growth:10.1f} x  {peak}{'   OVER' if growth > 12 else ''}")


if __name__ == "__main__":
    main()
