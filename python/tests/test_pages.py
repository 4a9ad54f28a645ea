"""The scripts of docs/corpora.md, each in a folder of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from conftest import FIXTURES, ROOT

pytestmark = pytest.mark.engine
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PAGE = (ROOT / "docs/corpora.md").read_text()
SCRIPTS = re.findall(r"<!-- needs: (.*?) -->\n```python\n(.*?)```\n", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def texts():
    """The fixtures that are text: a byte order mark, which is not one everywhere, is left out."""
    texts = [(path / "input.txt").read_bytes() for path in FIXTURES]
    texts = [text.decode() for text in texts if text.decode(errors="ignore").encode() == text]
    return [text for text in texts if not {"\r", "\f", "\ufeff"} & set(text)]


@pytest.fixture
def folder(texts, tmp_path):
    rows = pa.table({"id": range(len(texts)), "text": texts})
    pq.write_table(rows, tmp_path / "corpus.parquet")
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row | {"id": str(row["id"])}) + "\n" for row in rows.to_pylist()))
    return tmp_path


def written(folder):
    """What a script wrote, by id."""
    if (folder / "clean.parquet").exists():
        rows = pq.read_table(folder / "clean.parquet").to_pylist()
    elif lines := [line for path in folder.glob("clean/*[0-9l]") for line in path.read_bytes().splitlines() if line[:1] == b"{"]:
        rows = map(json.loads, lines)
    else:
        rows = pq.read_table(folder / "clean").to_pylist()
    return {int(row["id"]): row["text"] for row in rows}


def test_the_page_has_scripts():
    assert len(SCRIPTS) == PAGE.count("```python") >= 9


@pytest.mark.parametrize(("needs", "script"), SCRIPTS, ids=[needs for needs, _ in SCRIPTS])
def test_scripts(needs, script, folder, texts, plain, program):
    if missing := [name for name in needs.split(", ") if not importlib.util.find_spec(name)]:
        pytest.skip(f"it needs {', '.join(missing)}")
    if "pyspark" in needs and not shutil.which("java"):
        pytest.skip("Spark needs Java, and there is none in PATH")
    path = folder / "script.py"
    path.write_text(script)
    environment = dict(os.environ, PATH=f"{pathlib.Path(program).parent}{os.pathsep}{os.environ['PATH']}", SPARK_LOCAL_IP="127.0.0.1")
    environment |= dict(PYSPARK_PYTHON=sys.executable, RAY_USAGE_STATS_ENABLED="0", HF_HUB_OFFLINE="1")
    result = subprocess.run([sys.executable, path], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert result.returncode == 0, result.stdout
    assert written(folder) == {id: plain(text.encode()).decode() for id, text in enumerate(texts)}


def test_gnu_parallel(folder, plain, program):
    if not shutil.which("parallel"):
        pytest.skip("GNU parallel is missing")
    [script] = re.findall(r"<!-- parallel -->\n```sh\n(.*?)```\n", PAGE, re.DOTALL)
    environment = dict(os.environ, PATH=f"{pathlib.Path(program).parent}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(["sh", "-c", script.replace("10M", "10k")], cwd=folder, env=environment, check=True)
    corpus = (folder / "corpus.jsonl").read_bytes()
    assert (folder / "clean.jsonl").read_bytes() == plain(corpus, "--input-format", "jsonl") != corpus
