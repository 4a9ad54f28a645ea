"""copydesk cleans scraped news text.

It strips the error strings of server-side includes, removes repeated title lines, joins sentences that were split and marks
those that were cut off, and writes the country's short name in one style. Every other character stays as it is.

>>> import copydesk
>>> copydesk.clean("Ships sail to the USA every week.")
'Ships sail to the U.S. every week.'

`Cleaner` takes options, gives the edits, and cleans many texts, or Arrow data, on all cores.
"""

from __future__ import annotations

from typing import AnyStr

from ._copydesk import ArrowData, Cleaner, __version__, rules
from ._types import Edit, Reason, Rule, undo

__all__ = ["ArrowData", "Cleaner", "Edit", "Reason", "Rule", "__version__", "clean", "rules", "undo"]

_default = Cleaner()


def clean(text: AnyStr) -> AnyStr:
    """The cleaned text, with every option's default: `Cleaner().clean(text)`.

    >>> copydesk.clean("The bridge was built by engineers from the USA and\\n\\nopened in May.")
    'The bridge was built by engineers from the U.S. and opened in May.'
    """
    return _default.clean(text)
