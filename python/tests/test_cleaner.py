from __future__ import annotations

import copy
import multiprocessing
import pickle
import subprocess
import sys
import threading

import copydesk
import pytest
from conftest import CLEAN, CLEANED
from copydesk import Cleaner

SHIPS = "Ships sail to the USA every week. The U.S. Senate met.\n"
TITLES = "USA wins sailing cup\n\nUSA wins sailing cup\n\nThe USA won the sailing cup on Sunday.\n"
CUT = "The pier has been closed since Sunday. It will be sold to the\n\n[an error occurred while processing the directive]\n"
TUG = "It rained all day. The harbour bought the tug (which was built in Leith\n"
#: A value for each option, the command line's way to say it, and a text in which it makes a difference.
OPTIONS = [
    (dict(only="usa"), ["--only", "usa"], TITLES),
    (dict(only=["markers", "titles"]), ["--only", "markers,titles"], TITLES),
    (dict(skip=["usa", "split-sentence"]), ["--skip", "usa,split-sentence"], TITLES),
    (dict(enable="likely-cut"), ["--enable", "likely-cut"], TUG),
    (dict(usa_style="US"), ["--usa-style", "US"], SHIPS),
    (dict(usa_headlines="USA"), ["--usa-headlines", "USA"], TITLES),
    (dict(truncated="drop"), ["--truncated", "drop"], CUT),
    (dict(mark=" [...]"), ["--mark", " [...]"], CUT),
    (dict(protect=["the USA"]), ["--protect", "the USA"], SHIPS),
    (dict(marker=r"\{\{ad-\d+\}\}"), ["--marker", r"\{\{ad-\d+\}\}"], "Rain is due at noon. {{ad-3}} Bring a coat.\n"),
    (dict(ignore_regex=[r"USA-\d+", "the USA"]), ["--ignore-regex", r"USA-\d+", "--ignore-regex", "the USA"], SHIPS),
    (dict(lang="en"), ["--lang", "en"], "Morgen fliegt der Koch mit dem ersten Flug zurück in die USA.\n"),
    (dict(separator="%%"), ["--separator", "%%"], TUG.replace("(which was built in Leith", "from the") + "%%\nGates open at six.\n"),
    (dict(only="usa", usa_style="USA", lang="en"), ["--only", "usa", "--usa-style", "USA", "--lang", "en"], TITLES),
]


@pytest.mark.parametrize(("before", "after"), CLEANED.items())
def test_a_text_comes_back_in_its_type(before, after):
    assert copydesk.clean(before) == after
    assert copydesk.clean(before.encode()) == after.encode()


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_text_is_returned_itself(text):
    assert copydesk.clean(text) is text
    encoded = text.encode()
    assert copydesk.clean(encoded) is encoded


def test_bytes_that_are_no_text_stay():
    assert copydesk.clean(b"\xff Ships sail to the USA. \xc3\x28\x00\n") == b"\xff Ships sail to the U.S. \xc3\x28\x00\n"


@pytest.mark.parametrize(("options", "arguments", "text"), OPTIONS, ids=[" ".join(row[1]) for row in OPTIONS])
def test_options_are_the_programs(options, arguments, text, plain):
    cleaned = Cleaner(**options).clean(text)
    assert cleaned.encode() == plain(text.encode(), *arguments)
    assert cleaned != copydesk.clean(text), "the option makes no difference here"


def test_markdown_has_code():
    text = "See:\n\n    print('the USA')\n"
    assert Cleaner(markdown=True).clean(text) == text != Cleaner().clean(text)


@pytest.mark.parametrize("options", [row[0] for row in OPTIONS] + [{}, dict(markdown=True)], ids=str)
def test_copies_are_equal(options):
    text = TITLES + CUT + SHIPS
    cleaner = Cleaner(**options)
    shown = eval(repr(cleaner), {"Cleaner": Cleaner})
    copies = [pickle.loads(pickle.dumps(cleaner, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for other in [shown, copy.copy(cleaner), copy.deepcopy(cleaner), *copies]:
        assert other == cleaner and hash(other) == hash(cleaner) and other.clean(text) == cleaner.clean(text)


def test_other_settings_are_not_equal():
    cleaners = [Cleaner(**row[0]) for row in OPTIONS]
    assert len(set(cleaners)) == len(cleaners)
    assert Cleaner() != "Cleaner()" and Cleaner() != Cleaner(lang="en")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(usa_style="us"), "usa_style: .*'us'.*U.S., US or USA"),
        (dict(usa_headlines=""), "usa_headlines: .*U.S., US or USA"),
        (dict(truncated="cut"), "truncated: .*'cut'.*ellipsis, drop or keep"),
        (dict(lang="de"), "lang: .*'de'.*auto or en"),
        (dict(only="countries"), "only: .*'countries'.*markers, titles, truncation, usa.*country-name.*rules()"),
        (dict(skip=["usa", "x"]), "skip: .*'x'"),
        (dict(enable=["x"]), "enable: .*'x'"),
        (dict(marker="("), "marker: .*unclosed group"),
        (dict(marker=["ok", "a*"]), "marker: .*match nothing"),
        (dict(ignore_regex="["), "ignore_regex: "),
        (dict(protect="Rowan Lamps"), "protect: .*'Rowan Lamps'"),
        (dict(mark="end "), "mark: .*'end '"),
        (dict(separator="a\nb"), "separator: "),
    ],
    ids=str,
)
def test_a_value_that_is_not_taken_is_an_error(options, message):
    with pytest.raises(ValueError, match=f"(?s)^{message}"):
        Cleaner(**options)


@pytest.mark.parametrize("option", ["only", "skip", "enable", "usa_style", "usa_headlines", "truncated", "mark", "protect", "marker", "ignore_regex", "lang", "separator"])
def test_a_wrong_type_is_an_error(option):
    with pytest.raises(TypeError, match=f"^{option}: expected a str.*, not int"):
        Cleaner(**{option: 3})
    with pytest.raises(TypeError, match=f"^{option}: expected a str.*, not bytes|^{option}: expected a str.*, not list"):
        Cleaner(**{option: [b"usa"]})


def test_arguments_are_keywords_that_there_are():
    with pytest.raises(TypeError):
        Cleaner("usa")
    with pytest.raises(TypeError, match="disable"):
        Cleaner(disable="usa")


@pytest.mark.parametrize("text", [None, 3, bytearray(b"USA"), memoryview(b"USA"), ["USA"]], ids=repr)
def test_what_is_no_text_is_an_error(text):
    for method in (Cleaner().clean, Cleaner().edits, Cleaner().clean_with_edits):
        with pytest.raises(TypeError, match="expected str or bytes, not "):
            method(text)


def test_a_lone_surrogate_is_an_error():
    for method in (Cleaner().clean, Cleaner().edits, Cleaner().clean_with_edits):
        with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
            method("Ships sail to the USA.\ud800")


def test_other_threads_run_meanwhile():
    text = "".join(f"On day {n} ships sail to the USA.\n\n" for n in range(50_000))
    done, seen = threading.Event(), []

    def clean():
        seen.append(copydesk.clean(text).count("U.S."))
        done.set()

    thread = threading.Thread(target=clean)
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
    thread.join()
    # With the lock held throughout there would be a turn at the start, and one at the end.
    assert seen == [50_000] and turns > 100


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_may_start(method, tmp_path):
    code = """
import multiprocessing
from copydesk import Cleaner

if __name__ == "__main__":
    cleaner = Cleaner(usa_style="US")
    texts = ["Ships sail to the USA."] * 100
    cleaner.clean_many(texts)
    with multiprocessing.get_context(METHOD).Pool(2) as pool:
        cleaned = pool.map(cleaner.clean, texts) + pool.map(cleaner.clean_many, [texts])[0]
    assert cleaned == ["Ships sail to the US."] * 200
"""
    path = tmp_path / "program.py"
    path.write_text(code.replace("METHOD", repr(method)))
    subprocess.run([sys.executable, path], check=True, timeout=120)


def test_rules_are_the_programs(program):
    listed = subprocess.run([program, "--list-rules"], stdout=subprocess.PIPE, check=True, text=True).stdout
    rules = copydesk.rules()
    assert {rule.stage for rule in rules} == {"markers", "titles", "truncation", "usa"}
    assert [rule.name for rule in rules if not rule.on] == ["likely-cut"]
    for rule in rules:
        assert rule.name in listed
        for reason in rule.reasons:
            assert reason.name in listed
            if rule.name != "custom-marker":
                cleaner = Cleaner(only=[rule.stage], enable=rule.name)
                assert cleaner.clean(reason.before) == reason.after and cleaner.clean(reason.near) == reason.near


def test_the_version_is_the_programs(program):
    shown = subprocess.run([program, "--version"], stdout=subprocess.PIPE, check=True, text=True).stdout
    assert shown == f"copydesk {copydesk.__version__}\n"
