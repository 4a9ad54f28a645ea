"""What a package brings beside its functions: types, examples that run, the command."""

from __future__ import annotations

import doctest
import importlib.metadata
import inspect
import os
import pathlib
import signal
import subprocess
import sys

import copydesk
import pytest
from conftest import ROOT

PYTHON = ROOT / "python"


def documented():
    """Everything that is public, with its docstring."""
    yield "copydesk", copydesk
    for name in copydesk.__all__:
        value = getattr(copydesk, name)
        if callable(value):
            yield name, value
        for member, method in vars(value).items() if inspect.isclass(value) else ():
            if callable(method) and not member.startswith("_"):
                yield f"{name}.{member}", method


@pytest.mark.parametrize(("name", "value"), [*documented()], ids=lambda value: value if isinstance(value, str) else "")
def test_examples_run(name, value):
    text = inspect.getdoc(value)
    assert text, f"{name} has no docstring"
    if "pyarrow" in text:
        pytest.importorskip("pyarrow")
    names = dict(vars(copydesk), copydesk=copydesk)
    example = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0


def test_every_function_has_an_example():
    assert not [name for name, value in documented() if inspect.isroutine(value) and ">>>" not in inspect.getdoc(value)]


@pytest.mark.parametrize("command", [["mypy.stubtest", "copydesk"], ["mypy", "--strict", "--no-incremental", str(PYTHON / "tests/typed.py")]], ids=lambda c: c[0])
def test_types(command, tmp_path):
    pytest.importorskip("mypy")
    result = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert result.returncode == 0, result.stdout


def test_the_package_says_that_it_is_typed_and_brings_its_licences():
    files = {pathlib.PurePath(str(file)).name for file in importlib.metadata.files("copydesk")}
    assert {"py.typed", "_copydesk.pyi", "LICENSE-MIT", "LICENSE-APACHE", "LEXICON-LICENSES.txt"} <= files
    assert not importlib.metadata.requires("copydesk")
    assert importlib.metadata.version("copydesk") == copydesk.__version__


def test_the_command_reports_by_its_exit_status(program, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("Ships sail to the USA.\n")
    run = lambda *arguments: subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: E731
    assert run(text).stdout == b"Ships sail to the U.S.\n"
    assert run("--check", text).returncode == 1
    assert run("--no-such-option").returncode == 2
    assert run(tmp_path / "missing.txt").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes and signals")
def test_the_command_is_quiet_when_its_reader_goes_and_ends_by_a_signal(program):
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.close()
        with pytest.raises(BrokenPipeError):
            while True:
                child.stdin.write(b"The tide gate stays open.\n" * 10_000)
                child.stdin.flush()
        assert child.wait(timeout=60) == 0 and child.stderr.read() == b""
        child.stdin = None
    with subprocess.Popen([program], stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=60) == -signal.SIGTERM


@pytest.mark.parametrize("page", ["README.md", "python/README.md"])
def test_the_examples_of_the_pages_run(page):
    """Every block of Python that is written as a dialogue."""
    text = (ROOT / page).read_text()
    if "pyarrow" in text:
        pytest.importorskip("pyarrow")
    example = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    assert example.examples and doctest.DocTestRunner().run(example).failed == 0
