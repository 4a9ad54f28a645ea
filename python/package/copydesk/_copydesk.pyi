from collections.abc import Iterable
from typing import AnyStr, Protocol, TypeVar, final

from ._types import Edit, Rule

__all__ = ["ArrowData", "Cleaner", "__version__", "rules"]

__version__: str

_T = TypeVar("_T", str, bytes, None, str | None, bytes | None, str | bytes, str | bytes | None)

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class ArrowData:
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...

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
    def clean_arrow(
        self,
        data: _ArrowArray | _ArrowStream,
        *,
        columns: str | Iterable[str] | None = None,
        threads: int | None = None,
    ) -> ArrowData: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

def rules() -> list[Rule]: ...
