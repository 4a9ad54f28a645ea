"""Calls as users write them, for the type checker alone."""

from __future__ import annotations

from typing_extensions import assert_type

from copydesk import ArrowData, Cleaner, Edit, Reason, Rule, clean, rules, undo

text: str = "Ships sail to the USA."
cleaner = Cleaner(only="usa", skip=["titles"], usa_style="US", markdown=False)

assert_type(clean(text), str)
assert_type(clean(b"USA"), bytes)
assert_type(cleaner.clean(text), str)
assert_type(cleaner.edits(b"USA"), list[Edit[bytes]])
cleaned, edits = cleaner.clean_with_edits(text)
assert_type(undo(cleaned, edits), str)
assert_type(edits[0].before, str)
assert_type(edits[0].start, int)
assert_type(edits[0].rule, str)

maybe: list[str | None] = ["USA", None]
assert_type(cleaner.clean_many([text]), list[str])
assert_type(cleaner.clean_many(t for t in [b"USA"]), list[bytes])
assert_type(cleaner.clean_many(maybe, threads=2), list[str | None])



class Column:
    """As the arrays of other libraries are."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        raise NotImplementedError


assert_type(cleaner.clean_arrow(Column()), ArrowData)
assert_type(cleaner.clean_arrow(cleaner.clean_arrow(Column(), threads=1), columns=["text"]), ArrowData)

assert_type(rules(), list[Rule])
assert_type(rules()[0].reasons, tuple[Reason, ...])

cleaner.clean(3)  # type: ignore[type-var]
cleaner.clean_arrow([text])  # type: ignore[arg-type]
Cleaner(usa_style=3)  # type: ignore[arg-type]
