"""What is plain data: edits, and the table of rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import AnyStr, Generic


@dataclass(frozen=True)
class Edit(Generic[AnyStr]):
    """A range of a text that reads otherwise when it is cleaned.

    Offsets count code points of a str and bytes of bytes: `text[edit.start:edit.end] == edit.before`. Edits of one text are
    ascending and disjoint.
    """

    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends in the text."""
    before: AnyStr
    """What the text holds there."""
    after: AnyStr
    """What the cleaned text holds instead."""
    rules: tuple[str, ...]
    """The names of the rules that made it, at least one."""
    reasons: tuple[str, ...]
    """The names of the reasons for which they acted, at least one."""

    @property
    def rule(self) -> str:
        """The first of the rules; mostly there is one."""
        return self.rules[0]

    @property
    def reason(self) -> str:
        """The first of the reasons; mostly there is one."""
        return self.reasons[0]


@dataclass(frozen=True)
class Reason:
    """A pattern for which a rule acts, with an example: see `copydesk.rules`."""

    name: str
    help: str
    """One line that says what it is."""
    before: str
    """A text that is changed for this reason."""
    after: str
    """What becomes of it."""
    near: str
    """A text much like it that stays."""


@dataclass(frozen=True)
class Rule:
    """What makes an edit: see `copydesk.rules`."""

    name: str
    stage: str
    """The stage that it belongs to: markers, titles, truncation or usa."""
    help: str
    """One line that says what it does."""
    on: bool
    """Whether it acts by default."""
    reasons: tuple[Reason, ...]


def undo(cleaned: AnyStr, edits: Iterable[Edit[AnyStr]]) -> AnyStr:
    """The text that was cleaned, from the cleaned text and its edits.

    >>> from copydesk import Cleaner, undo
    >>> cleaned, edits = Cleaner().clean_with_edits("Ships sail to the USA.")
    >>> undo(cleaned, edits)
    'Ships sail to the USA.'

    Raises ValueError if the edits are not those of this text.
    """
    pieces: list[AnyStr] = []
    at = text_at = 0
    for edit in edits:
        start = at + edit.start - text_at
        end = start + len(edit.after)
        if not at <= start <= len(cleaned) or cleaned[start:end] != edit.after:
            raise ValueError(f"the edit at {edit.start} is not one of this text")
        pieces.append(cleaned[at:start])
        pieces.append(edit.before)
        at, text_at = end, edit.start + len(edit.before)
    pieces.append(cleaned[at:])
    return cleaned[:0].join(pieces)
