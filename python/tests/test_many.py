from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import copydesk
import pytest
from conftest import CLEAN, CLEANED, FIXTURES
from copydesk import Cleaner

TEXTS = [*CLEANED, *CLEAN, *(text.encode() for text in CLEANED), None, b"\xff the USA \xfe", None]


@pytest.mark.parametrize("threads", [None, 1, 2, 7, 1000])
def test_each_is_cleaned_alone_and_order_is_kept(threads):
    texts = TEXTS * 30
    cleaned = Cleaner().clean_many(texts, threads=threads)
    assert cleaned == [text if text is None else copydesk.clean(text) for text in texts]
    assert [type(text) for text in cleaned] == [type(text) for text in texts]


def test_the_fixtures_come_out_as_one_by_one():
    texts = [(path / "input.txt").read_bytes() for path in FIXTURES]
    assert Cleaner().clean_many(texts) == [copydesk.clean(text) for text in texts]


def test_any_iterable_will_do():
    cleaner = Cleaner()
    want = list(CLEANED.values())
    for texts in (list(CLEANED), tuple(CLEANED), dict(CLEANED), iter(CLEANED), (text for text in CLEANED)):
        assert cleaner.clean_many(texts) == want
    assert cleaner.clean_many([]) == cleaner.clean_many(iter(())) == []
    assert cleaner.clean_many([None]) == [None]


def test_a_clean_text_is_not_copied():
    texts = ["The tide gate stays open until May.", b"Rain is due at noon."]
    assert all(after is before for after, before in zip(Cleaner().clean_many(texts), texts))


def test_errors_say_which_text_it_is():
    with pytest.raises(TypeError, match=r"^texts\[2\]: expected str or bytes, not float"):
        Cleaner().clean_many(["a", None, float("nan")])
    with pytest.raises(ValueError, match=r"^texts\[1\]: .*surrogates not allowed") as caught:
        Cleaner().clean_many(["a", "b\udcff"])
    assert isinstance(caught.value.__cause__, UnicodeEncodeError)
    for text in ("Ships sail to the USA.", b"Ships sail to the USA."):
        with pytest.raises(TypeError, match="not one (str|bytes)"):
            Cleaner().clean_many(text)
    with pytest.raises(TypeError, match="not iterable"):
        Cleaner().clean_many(3)


def test_an_iterables_error_is_raised():
    def texts():
        yield "a"
        raise KeyError("no more")

    with pytest.raises(KeyError, match="no more"):
        Cleaner().clean_many(texts())


@pytest.mark.parametrize("threads", [0, -1])
def test_threads_are_one_or_more(threads):
    with pytest.raises(ValueError, match=f"threads: {threads} is not positive"):
        Cleaner().clean_many(["a"], threads=threads)


def test_other_threads_may_clean_as_well():
    cleaner, want, seen = Cleaner(), list(CLEANED.values()) * 100, []
    threads = [threading.Thread(target=lambda: seen.append(cleaner.clean_many(list(CLEANED) * 100))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [want] * 4


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
@pytest.mark.parametrize("call", ["clean_many([text] * 1000)", "clean_many([text * 1000])", "clean(text * 1000)"])
def test_ctrl_c_ends_a_batch(call):
    code = f"""
import copydesk
import signal
# A shell has its background jobs ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Each takes a second or so.
text = "An open bracket [an error occurred while " * 20_000
print("ready", flush=True)
while True:
    copydesk.Cleaner().{call}
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "ready\n"
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        _, stderr = child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode in (1, -signal.SIGINT) and "KeyboardInterrupt" in stderr
