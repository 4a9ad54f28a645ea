from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess

import pytest
from conftest import CLEAN, CLEANED, FIXTURES
from copydesk import Cleaner, Edit, undo


def check(text, cleaner=Cleaner()):
    cleaned, edits = cleaner.clean_with_edits(text)
    assert cleaned == cleaner.clean(text) and edits == cleaner.edits(text)
    assert undo(cleaned, edits) == text
    at, pieces = 0, []
    for edit in edits:
        assert at <= edit.start <= edit.end and text[edit.start : edit.end] == edit.before != edit.after
        pieces += [text[at : edit.start], edit.after]
        at = edit.end
    assert text[:0].join([*pieces, text[at:]]) == cleaned
    return edits


@pytest.mark.parametrize("text", [*CLEANED, *CLEAN])
def test_edits_lead_there_and_back(text):
    edits = check(text)
    assert bool(edits) == (text in CLEANED)
    encoded = check(text.encode())
    assert [edit.before.decode() for edit in encoded] == [edit.before for edit in edits]


def test_offsets_are_code_points_of_a_str_and_bytes_of_bytes():
    text = "🦆 Möwen sail to the USA."
    [edit], [encoded] = Cleaner().edits(text), Cleaner().edits(text.encode())
    assert (edit.start, edit.end, edit.before, edit.after) == (20, 24, "USA.", "U.S.")
    assert (encoded.start, encoded.end, encoded.before, encoded.after) == (24, 28, b"USA.", b"U.S.")
    assert (edit.rule, edit.reason, edit.rules, edit.reasons) == ("country-name", "country-form", ("country-name",), ("country-form",))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixtures(fixture, plain):
    """The same as the bare program, and the edits of the snapshot."""
    text = (fixture / "input.txt").read_bytes()
    stage = fixture.parent.name
    alone = stage not in ("all", "genres", "languages")
    cleaner = Cleaner(only=stage) if alone else Cleaner()
    edits = check(text, cleaner)
    assert cleaner.clean(text) == plain(text, *(["--only", stage] if alone else []))
    snapshot = fixture / "output.snap"
    listed = snapshot.read_text().partition("==== edits\n")[2].splitlines() if snapshot.exists() else []
    shown = [f"{text.count(10, 0, edit.start) + 1}: {', '.join(edit.reasons)}: " for edit in edits]
    assert len(listed) == len(shown) and all(line.startswith(start) for line, start in zip(listed, shown))
    if text.isascii() or not edits:
        return
    try:
        check(text.decode(), cleaner)
    except UnicodeDecodeError:
        pass


def test_edits_are_those_of_the_programs_report(program, tmp_path):
    text = "\n\n".join(CLEANED)
    path = tmp_path / "text.txt"
    path.write_text(text)
    command = [program, "--isolated", "--check", "--output-format", "json", str(path)]
    reported = json.loads(subprocess.run(command, stdout=subprocess.PIPE).stdout)
    edits = Cleaner().edits(text.encode())
    assert len(edits) == len(reported) > 3
    for edit, report in zip(edits, reported):
        assert (edit.start, list(edit.rules), list(edit.reasons)) == (report["start"], report["rules"], report["reasons"])
        assert (edit.before.decode(), edit.after.decode()) == (report["before"], report["after"])


def test_an_edit_is_plain_frozen_data():
    [edit] = Cleaner().edits("Ships sail to the USA.")
    assert pickle.loads(pickle.dumps(edit)) == edit and len({edit, edit}) == 1
    assert Edit(**dataclasses.asdict(edit)) == edit
    with pytest.raises(dataclasses.FrozenInstanceError):
        edit.start = 0


def test_other_edits_are_refused():
    cleaned, edits = Cleaner().clean_with_edits("Ships sail to the USA, and back from the USA.")
    assert undo(cleaned, edits).count("USA") == 2
    gone = Edit(start=99, end=100, before="x", after="", rules=("r",), reasons=("r",))
    for other in [edits[::-1], [*edits, edits[-1]], [gone], [dataclasses.replace(edits[0], after="US")]]:
        with pytest.raises(ValueError, match="the edit at [0-9]+ is not one of this text"):
            undo(cleaned, other)
