"""Builds the command `copydesk` and puts it where maturin takes it into the wheel.

    python program.py [--target TRIPLE]

backend.py does so before each wheel; only `maturin build` by itself needs it to be run first.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
#: `data` in pyproject.toml: what is in `scripts` there goes beside the interpreter.
SCRIPTS = HERE / "program" / "scripts"


def build(target: str | None = None) -> None:
    command = ["cargo", "build", "--release", "--locked", "--bin", "copydesk", "--message-format=json-render-diagnostics"]
    command += ["--manifest-path", str(HERE.parent / "Cargo.toml")]
    command += ["--target", target] if target else []
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    messages = [json.loads(line) for line in output.splitlines()]
    [program] = [message["executable"] for message in messages if message.get("executable")]
    shutil.rmtree(SCRIPTS, ignore_errors=True)
    SCRIPTS.mkdir(parents=True)
    shutil.copy2(program, SCRIPTS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", help="what to build for, as cargo names it")
    build(parser.parse_args().target)
