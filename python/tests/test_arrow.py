from __future__ import annotations

import itertools

import copydesk
import pytest
from conftest import CLEAN, CLEANED, FIXTURES
from copydesk import Cleaner

pa = pytest.importorskip("pyarrow")

TEXTS = [None, *CLEANED, None, *CLEAN, *CLEANED, None]
WANT = [text and copydesk.clean(text) for text in TEXTS]
TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]


def plain(values):
    """Binary values as text."""
    return [value.decode() if isinstance(value, bytes) else value for value in values]


def array(type, texts=TEXTS):
    # pyarrow makes views of strings only.
    if pa.types.is_binary_view(type):
        return pa.array([text if text is None else text.encode() for text in texts], pa.binary_view())
    return pa.array(texts, pa.string()).cast(type)


@pytest.mark.parametrize("threads", [None, 1, 3])
@pytest.mark.parametrize("type", TYPES, ids=str)
def test_an_array_keeps_type_and_nulls(type, threads):
    cleaned = pa.array(Cleaner().clean_arrow(array(type), threads=threads))
    cleaned.validate(full=True)
    assert cleaned.type == type and plain(cleaned.to_pylist()) == WANT


@pytest.mark.parametrize("type", TYPES, ids=str)
def test_a_slice_is_cleaned_alone(type):
    whole = array(type)
    for start, length in itertools.product(range(0, len(whole), 3), (0, 1, 5)):
        cleaned = pa.array(Cleaner().clean_arrow(whole.slice(start, length)))
        cleaned.validate(full=True)
        assert plain(cleaned.to_pylist()) == WANT[start : start + length]


@pytest.mark.parametrize("type", TYPES, ids=str)
def test_chunks_stay(type):
    whole = array(type)
    chunks = pa.chunked_array([whole, whole[3:7], whole[:0], whole[2:]], type)
    data = Cleaner().clean_arrow(chunks)
    cleaned = pa.chunked_array(data)
    cleaned.validate(full=True)
    assert cleaned.type == type and [len(chunk) for chunk in cleaned.chunks] == [len(chunk) for chunk in chunks.chunks]
    want = WANT + WANT[3:7] + WANT[2:]
    assert plain(cleaned.to_pylist()) == want and len(data) == len(want)
    assert plain(pa.array(data).to_pylist()) == want


@pytest.mark.parametrize("keys", [pa.int8(), pa.int32(), pa.uint64()], ids=str)
@pytest.mark.parametrize("type", [pa.string(), pa.large_string()], ids=str)
def test_the_values_of_a_dictionary_are_cleaned(keys, type):
    given = pa.array(TEXTS * 3, pa.string()).cast(type).dictionary_encode().cast(pa.dictionary(keys, type))
    cleaned = pa.array(Cleaner().clean_arrow(given))
    cleaned.validate(full=True)
    assert cleaned.type == given.type and cleaned.to_pylist() == WANT * 3


def test_empty_data_stays_empty():
    for given in [pa.array([], pa.string()), pa.chunked_array([], pa.large_string()), pa.nulls(3), pa.nulls(3, pa.string())]:
        cleaned = pa.chunked_array(Cleaner().clean_arrow(given))
        assert cleaned.type == given.type and cleaned.to_pylist() == given.to_pylist()
        assert pa.array(Cleaner().clean_arrow(given)).type == given.type


def test_nulls_may_hold_anything():
    """A null's bytes are nobody's: here they are text, and no UTF-8."""
    text = "Ships sail to the USA."
    offsets = pa.array([0, len(text), len(text) + 4, 2 * len(text) + 4], pa.int32()).buffers()[1]
    values = pa.py_buffer(text.encode() + b"USA\xff" + text.encode())
    given = pa.Array.from_buffers(pa.string(), 3, [pa.py_buffer(b"\x05"), offsets, values])
    assert pa.array(Cleaner().clean_arrow(given)).to_pylist() == [copydesk.clean(text), None, copydesk.clean(text)]


def test_data_without_an_edit_is_not_copied():
    given = pa.array(["The tide gate stays open until May." * 3, None])
    cleaned = pa.array(Cleaner().clean_arrow(given))
    assert cleaned.buffers()[2].address == given.buffers()[2].address


def test_bytes_that_are_no_text_stay():
    given = pa.array([b"\xff the USA \xfe", None, b"\xc3("])
    assert pa.array(Cleaner().clean_arrow(given)).to_pylist() == [copydesk.clean(b"\xff the USA \xfe"), None, b"\xc3("]


def test_the_columns_of_a_table():
    table = pa.table({"id": range(len(TEXTS)), "text": array(pa.large_string()), "title": array(pa.string_view()), "note": array(pa.string())})
    table = pa.concat_tables([table, table.slice(4)]).replace_schema_metadata({"a": "b"})
    cleaned = pa.table(Cleaner().clean_arrow(table, columns=["text", "title"]))
    cleaned.validate(full=True)
    assert cleaned.schema.equals(table.schema) and cleaned["id"].equals(table["id"]) and cleaned["note"].equals(table["note"])
    assert cleaned["text"].to_pylist() == cleaned["title"].to_pylist() == WANT + WANT[4:]
    [batch, _] = table.to_batches()
    assert pa.record_batch(Cleaner().clean_arrow(batch, columns="text"))["text"].to_pylist() == WANT


def test_a_reader_is_read_to_its_end():
    batches = [pa.record_batch({"text": array(pa.string())}) for _ in range(5)]

    def read():
        yield from batches

    reader = pa.RecordBatchReader.from_batches(batches[0].schema, read())
    assert pa.table(Cleaner().clean_arrow(reader, columns="text"))["text"].to_pylist() == WANT * 5


def test_a_readers_error_is_raised():
    def read():
        yield pa.record_batch({"text": ["a"]})
        raise KeyError("no more")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), read())
    with pytest.raises(Exception, match="no more"):
        Cleaner().clean_arrow(reader, columns="text")


def test_a_type_may_be_requested():
    data = Cleaner().clean_arrow(array(pa.string()))
    assert pa.array(data, pa.large_string()).type == pa.large_string()


def test_what_is_no_text_is_an_error():
    table = pa.table({"id": [1], "text": ["the USA"]})
    for data, columns, error, message in [
        (pa.array([1, 2]), None, TypeError, "cannot clean Arrow data of type Int64: use strings or binary"),
        (pa.array([["a"]]), None, TypeError, "cannot clean Arrow data of type List"),
        (table, "id", TypeError, "type Int64"),
        (table, ["text", "body"], ValueError, "columns: there is no 'body': use id, text"),
        (table, None, TypeError, "columns: the data is a table: name those to clean, of id, text"),
        (pa.array(["a"]), "text", TypeError, "columns: the data is one column, of type Utf8"),
        (table, 3, TypeError, "columns: expected a str or an iterable of them, not int"),
        (["the USA"], None, TypeError, "expected Arrow data .*, not list"),
    ]:
        with pytest.raises(error, match=message):
            Cleaner().clean_arrow(data, columns=columns)


def test_the_fixtures_come_out_as_one_by_one():
    texts = [(path / "input.txt").read_bytes() for path in FIXTURES]
    cleaned = pa.array(Cleaner().clean_arrow(pa.array(texts, pa.binary())))
    assert cleaned.to_pylist() == [copydesk.clean(text) for text in texts]


def test_it_says_what_it_is():
    assert repr(Cleaner().clean_arrow(pa.array(["a", None]))) == "<copydesk.ArrowData: Utf8, rows: 2, chunks: 1>"


@pytest.mark.engine
def test_polars():
    pl = pytest.importorskip("polars")
    series = pl.Series("text", TEXTS)
    assert pl.Series(Cleaner().clean_arrow(series)).to_list() == WANT
    several = pl.concat([series, series[2:5]], rechunk=False)
    assert pl.Series(Cleaner().clean_arrow(several)).to_list() == WANT + WANT[2:5]
    category = series.cast(pl.Categorical)
    assert pl.Series(Cleaner().clean_arrow(category)).cast(pl.String).to_list() == WANT
    frame = pl.DataFrame({"id": range(len(TEXTS)), "text": TEXTS})
    cleaned = pl.DataFrame(Cleaner().clean_arrow(frame, columns="text"))
    assert cleaned.equals(frame.with_columns(pl.Series("text", WANT)))
    lazy = frame.lazy().with_columns(pl.col("text").map_batches(lambda s: pl.Series(Cleaner().clean_arrow(s)), return_dtype=pl.String))
    assert lazy.collect()["text"].to_list() == WANT


@pytest.mark.engine
def test_pandas():
    pd = pytest.importorskip("pandas")
    series = pd.Series(TEXTS, dtype="str")
    cleaned = pd.Series.from_arrow(Cleaner().clean_arrow(series))
    assert [None if pd.isna(text) else text for text in cleaned] == WANT
    frame = pd.DataFrame({"id": range(len(TEXTS)), "text": series})
    cleaned = pd.DataFrame.from_arrow(Cleaner().clean_arrow(frame, columns="text"))
    assert list(cleaned["id"]) == list(frame["id"])
    assert [None if pd.isna(text) else text for text in cleaned["text"]] == WANT


@pytest.mark.engine
def test_duckdb():
    duckdb = pytest.importorskip("duckdb")
    texts = pa.table({"id": range(len(TEXTS)), "text": TEXTS})
    relation = duckdb.sql("SELECT id, text FROM texts ORDER BY id")
    cleaned = Cleaner().clean_arrow(relation, columns="text")
    assert duckdb.sql("SELECT text FROM cleaned ORDER BY id").fetchall() == [(text,) for text in WANT]
    [(count,)] = duckdb.sql("SELECT count(*) FROM cleaned WHERE text LIKE '%U.S.%'").fetchall()
    assert count == sum("U.S." in (text or "") for text in WANT)
