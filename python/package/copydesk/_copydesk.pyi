from collections.abc import Iterable
from typing import AnyStr, TypeVar, final

from ._types import Edit, Rule

__all__ = ["Cleaner", "__version__", "rules"]

__version__: str

_T = TypeVar("_T", str, bytes, None, str | None, bytes | None, str | bytes, str | bytes | None)

@final
class Cleaner:
    def __new__(
        cls,
        *,
        only: str | Iterable[str] | None = None,
        skip: str | Iterable[str] | None = None,
        enable: str | Iterable[str] | None = None,
        usa_style: str | None = None,
        usa_headlines: str | None = None,
        truncated: str | None = None,
        mark: str | None = None,
        protect: str | Iterable[str] | None = None,
        marker: str | Iterable[str] | None = None,
        ignore_regex: str | Iterable[str] | None = None,
        lang: str | None = None,
        separator: str | None = None,
        markdown: bool = False,
    ) -> Cleaner: ...
    def clean(self, text: AnyStr) -> AnyStr: ...
    def edits(self, text: AnyStr) -> list[Edit[AnyStr]]: ...
    def clean_with_edits(self, text: AnyStr) -> tuple[AnyStr, list[Edit[AnyStr]]]: ...
    def clean_many(self, texts: Iterable[_T], *, threads: int | None = None) -> list[_T]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

def rules() -> list[Rule]: ...
