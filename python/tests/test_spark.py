"""PySpark on a cluster of this machine: two workers with two cores each, as separate processes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys

import pytest
from conftest import FIXTURES
from copydesk import Cleaner

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java (a JRE of version 17 or newer), and there is none in PATH"),
]
pyspark = pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PARTITIONS = 6


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    environment = {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_HOME": os.path.dirname(pyspark.__file__),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "workers"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.executor.memory": "512m",
            "spark.local.dir": str(folder / "local"),
            "spark.log.level": "OFF",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.task.maxFailures": "1",
            "spark.ui.enabled": "false",
            # A file, however small, is a partition of its own.
            "spark.sql.files.openCostInBytes": str(1 << 30),
        }
        session = SparkSession.builder.master("local-cluster[2,2,1024]").config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def texts():
    """The fixtures that are text."""
    texts = [(path / "input.txt").read_bytes() for path in FIXTURES]
    return [text.decode() for text in texts if text.isascii() or text.decode(errors="ignore").encode() == text]


@pytest.fixture(scope="module")
def parquet(texts, tmp_path_factory):
    """A Parquet file for each partition, with ids, texts and a null."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = [*enumerate(texts), (len(texts), None)]
    for n in range(PARTITIONS):
        part = rows[n::PARTITIONS]
        table = pa.table({"id": [id for id, _ in part], "text": pa.array([text for _, text in part], pa.string())})
        pq.write_table(table, folder / f"{n}.parquet", row_group_size=7)
    return str(folder)


def test_parquet_by_map_in_arrow(spark, parquet, texts, plain, tmp_path):
    cleaner = Cleaner()

    def clean(batches):
        for batch in batches:
            yield pa.record_batch(cleaner.clean_arrow(batch, columns="text", threads=1))

    corpus = spark.read.parquet(parquet)
    assert corpus.rdd.getNumPartitions() >= 4
    corpus.mapInArrow(clean, corpus.schema).write.parquet(str(tmp_path / "out"))

    assert len(list((tmp_path / "out").glob("*.parquet"))) >= 4
    cleaned = pq.read_table(tmp_path / "out").sort_by("id")
    assert cleaned["id"].to_pylist() == list(range(len(texts) + 1))
    assert cleaned["text"].to_pylist() == [*(plain(text.encode()).decode() for text in texts), None]


def test_a_failing_partition_fails_the_job(spark, parquet):
    def clean(batches):
        cleaner = Cleaner(usa_style="us")
        for batch in batches:
            yield pa.record_batch(cleaner.clean_arrow(batch, columns="text", threads=1))

    corpus = spark.read.parquet(parquet)
    with pytest.raises(Exception, match="usa_style: no style of the country's name is named 'us'"):
        corpus.mapInArrow(clean, corpus.schema).count()


#: The program starts with an empty environment: it has no PATH. What it reports by its exit status is ignored unless checked.
PIPE = dict(env={}, checkCode=True)


def test_the_bare_program_in_a_pipe(spark, texts, program, plain):
    records = [json.dumps({"id": id, "text": text}) for id, text in enumerate(texts)]
    rdd = spark.sparkContext.parallelize(records, PARTITIONS)
    piped = rdd.pipe(shlex.join([program, "--isolated", "--input-format", "jsonl"]), **PIPE)
    assert piped.getNumPartitions() >= 4
    cleaned = piped.collect()
    assert "".join(line + "\n" for line in cleaned) == plain("".join(line + "\n" for line in records).encode(), "--input-format", "jsonl").decode()
    assert [json.loads(line)["text"] for line in cleaned] == [plain(text.encode()).decode() for text in texts]


def test_the_bare_programs_exit_status_fails_the_job(spark, program):
    rdd = spark.sparkContext.parallelize(['{"text": "Ships sail to the USA."}'] * 8 + ["no record"], PARTITIONS)
    command = shlex.join([program, "--isolated", "--input-format", "jsonl"])
    with pytest.raises(Exception, match="error code 2"):
        rdd.pipe(command, **PIPE).collect()
    # By Spark's own default nobody hears of it.
    assert len(rdd.pipe(command).collect()) == 9
    # What is left as it is may be asked for.
    assert rdd.pipe(f"{command} --lenient", **PIPE).collect()[-1] == "no record"
