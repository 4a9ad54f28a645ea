#!/usr/bin/env python3
"""Draws the pictures of the README: a run in a terminal, of the program's real output, and the figures of the docs as bars.

    python3 docs/pictures/make.py [--bin target/release/copydesk]

Writes terminal.svg and figures.svg beside this script. Tests hold terminal.svg against what the program prints, and figures.svg
against the docs.
"""
import argparse
import html
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Each as it is shown, and its arguments; of a run that cleans, only what goes to stderr is printed.
COMMANDS = [
    ("copydesk --diff scraped.txt", ["--diff", "scraped.txt"]),
    ("copydesk --explain scraped.txt > clean.txt", ["--explain", "scraped.txt"]),
]
COLUMNS, CELL, LINE, SIZE = 100, 8.4, 20, 14
COLOURS = {"": "#d8dee9", "31": "#f28779", "32": "#bae67e", "36": "#73d0ff"}
BACKGROUND = "#1f2430"
RIGHT, HARMLESS, WRONG, PLAIN = "#2e8b57", "#e0b43c", "#c0392b", "#4a7ebb"


def block(name):
    """The file that a block of the README shows."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(rf"<!-- file: {re.escape(name)} -->\n```text\n(.*?)```", page, re.S).group(1)


def printed(binary, folder, args):
    command = [binary, "--isolated", "--color", "always", *args]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return (run.stdout if "--diff" in args else run.stderr).splitlines()


def cells(line):
    """The characters of a line, each with its colour, and whether it is bold or reversed."""
    colour, bold, reverse, found = "", False, False, []
    for part in re.split(r"(\x1b\[\d+m)", line):
        code = re.fullmatch(r"\x1b\[(\d+)m", part)
        if not code:
            found += [(c, colour, bold, reverse) for c in part]
        elif code[1] == "0":
            colour, bold, reverse = "", False, False
        elif code[1] == "1":
            bold = True
        elif code[1] in ("7", "27"):
            reverse = code[1] == "7"
        else:
            colour = code[1]
    return found


def rows(lines):
    """The lines as a terminal wraps them."""
    for line in lines:
        found = cells(line)
        for start in range(0, max(len(found), 1), COLUMNS):
            yield found[start : start + COLUMNS]


def runs(row):
    """Stretches of the same look: column, text, look."""
    start = 0
    for end in range(1, len(row) + 1):
        if end == len(row) or row[end][1:] != row[start][1:]:
            yield start, "".join(c for c, *_ in row[start:end]), row[start][1:]
            start = end


def terminal(binary):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "scraped.txt").write_text(block("scraped.txt"), encoding="utf-8")
        lines = []
        for shown, args in COMMANDS:
            lines += [f"\x1b[1m$ {shown}\x1b[0m", *printed(binary, folder, args), ""]
    drawn = list(rows(lines[:-1]))
    width, height = COLUMNS * CELL + 2 * LINE, len(drawn) * LINE + 2 * LINE
    body = [f'<rect width="{width:.0f}" height="{height}" rx="8" fill="{BACKGROUND}"/>']
    for i, row in enumerate(drawn):
        y = (i + 1) * LINE + SIZE
        for column, text, (colour, bold, reverse) in runs(row):
            x, length, paint = LINE + column * CELL, len(text) * CELL, COLOURS[colour]
            if reverse:
                body.append(f'<rect x="{x:.1f}" y="{y - SIZE}" width="{length:.1f}" height="{LINE - 2}" fill="{paint}"/>')
            fill, weight = BACKGROUND if reverse else paint, ' font-weight="bold"' if bold else ""
            body.append(
                f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" fill="{fill}"{weight}>{html.escape(text, False)}</text>'
            )
        body.append("")
    font = f'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="{SIZE}" xml:space="preserve"'
    return svg(width, height, "copydesk --diff and copydesk --explain on a terminal", font, body)


def svg(width, height, title, attributes, body):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" {attributes}>'
    return "\n".join([head, f"<title>{html.escape(title)}</title>", *body, "</svg>", ""])


def table(page, heading):
    """The rows of the first table after a heading."""
    text = (ROOT / page).read_text(encoding="utf-8").split(heading, 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", text, re.M).group(0).splitlines()[2:]
    return [[cell.strip().replace("`", "") for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


class Chart:
    """Bars, one group below the other."""

    def __init__(self):
        self.y, self.body = 10, []

    def text(self, x, text, more=""):
        self.body.append(f'<text x="{x}" y="{self.y + 13}"{more}>{html.escape(text, False)}</text>')

    def title(self, text):
        self.y += 12
        self.text(10, text, ' font-weight="bold"')
        self.y += 24

    def bar(self, name, parts, whole, label):
        """Parts of a bar of 400 pixels, each an amount and its colour."""
        self.text(10, name)
        x = 220.0
        for amount, colour in parts:
            width = 400 * amount / whole
            self.body.append(f'<rect x="{x:.1f}" y="{self.y}" width="{width:.1f}" height="16" fill="{colour}"/>')
            x += width
        self.text(f"{x + 8:.1f}", label)
        self.y += 22


def figures():
    chart = Chart()
    chart.title("Edits in real text, as a reader judged them: right, harmless, wrong")
    for stage, judged, right, harmless, wrong in table("README.md", "**In real text**"):
        parts = [(int(right), RIGHT), (int(harmless), HARMLESS), (int(wrong), WRONG)]
        chart.bar(stage, parts, int(judged), f"{right} + {harmless} + {wrong} of {judged}")
    chart.title("Labelled cases that come out exactly right")
    for stage, _, exact, *_ in table("docs/accuracy.md", "## The stages on labelled cases"):
        chart.bar(stage.split(",")[0], [(float(exact.split()[0]), RIGHT)], 100, exact)
    chart.title("Time for generated news, GNU sed with two rules = 1 (less is better)")
    speed = [row for row in table("docs/performance.md", "## Figures") if not re.search(r"fault|\bcat\b", row[0])]
    speed.append(["GNU sed", "1.0"])
    most = max(float(time) for _, time in speed)
    for run, time in speed:
        chart.bar(re.split(r",| \(", run)[0].replace("\\|", "|"), [(float(time), PLAIN)], most, time)
    chart.y += 10
    background = f'<rect width="780" height="{chart.y}" rx="8" fill="#ffffff" stroke="#d0d7de"/>'
    font = 'font-family="system-ui, sans-serif" font-size="13" fill="#24292f"'
    return svg(780, chart.y, "Accuracy and speed", font, [background, *chart.body])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=ROOT / "target/release/copydesk", type=pathlib.Path)
    binary = parser.parse_args().bin.resolve()
    (HERE / "terminal.svg").write_text(terminal(binary), encoding="utf-8")
    (HERE / "figures.svg").write_text(figures(), encoding="utf-8")


if __name__ == "__main__":
    main()
