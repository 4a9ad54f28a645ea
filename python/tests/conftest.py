from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = sorted(path.parent for path in ROOT.glob("fixtures/*/*/input.txt"))

#: Texts with an edit or several, and what becomes of them.
CLEANED = {
    "Ships sail to the USA every week.\n": "Ships sail to the U.S. every week.\n",
    "Möwen 🦆🦆: a firm from the U.S.A. has bought the quay.": "Möwen 🦆🦆: a firm from the U.S. has bought the quay.",
    "The bridge 🌉 was built by engineers from the USA and\n\nopened in May.": "The bridge 🌉 was built by engineers from the U.S. and opened in May.",
    "The owl 🦉 was set free.\n\n[an error occurred while processing this directive]\n": "The owl 🦉 was set free.\n",
}
#: Texts that stay.
CLEAN = ["", "\n", "The tide gate stays open until May.\n", "Öl, Möwen und 🦆.", "\x00\x01\r\n"]


@pytest.fixture(scope="session")
def program() -> str:
    """The command that came with the package."""
    beside = shutil.which("copydesk", path=os.path.dirname(sys.executable))
    assert beside, "the package brings no command"
    return beside


@pytest.fixture(scope="session")
def plain(program):
    """What the bare program makes of the bytes of a text, with these options."""

    def run(text: bytes, *options: str) -> bytes:
        command = [program, "--isolated", *(() if "--input-format" in options else ("--input-format", "text")), *options]
        return subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout

    return run
