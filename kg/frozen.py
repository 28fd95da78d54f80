"""Frozen dataclasses that are made as fast as open ones: a page makes thousands of mentions, facts and references.

The ``__init__`` that ``dataclass(frozen=True)`` writes sets each field through ``object.__setattr__``, which takes
three times as long as everything else that is done for a mention. Here the fields are set while the object still
belongs to an open twin class of the same slots; then it is given its own class and cannot be changed any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["quick"]

T = TypeVar("T")

_NEW = """def __new__(cls, {names}):
    self = make(twin)
    {body}
    self.__class__ = cls
    return self"""

if TYPE_CHECKING:
    from dataclasses import dataclass as quick
else:

    def quick(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """``@quick(frozen=True, slots=True)`` is ``@dataclass(frozen=True, slots=True)``, made faster.

        Raises TypeError for a class with a ``__post_init__`` or a ``default_factory``, which it would pass over.

        >>> @quick(frozen=True, slots=True)
        ... class Stretch:
        ...     start: int
        ...     end: int = 0
        >>> Stretch(3, end=5)
        Stretch(start=3, end=5)
        """
        if not (frozen and slots):
            raise TypeError("quick is for frozen dataclasses with slots; take dataclass for others")
        return lambda cls: _made_quick(dataclass(frozen=True, slots=True)(cls))


def _made_quick(cls: Any) -> Any:
    parts = fields(cls)
    if hasattr(cls, "__post_init__") or any(f.default_factory is not MISSING or not f.init for f in parts):
        raise TypeError(f"{cls.__name__} is not made of plain fields; take dataclass instead of quick")
    names = [f.name for f in parts]
    space: dict[str, Any] = {
        "make": object.__new__,
        "twin": type(cls.__name__, (), {"__slots__": tuple(names)}),
    }
    exec(_NEW.format(names=", ".join(names), body="; ".join(f"self.{n} = {n}" for n in names)), space)
    new, written = space["__new__"], cls.__init__
    new.__defaults__, new.__annotations__ = written.__defaults__, written.__annotations__
    cls.__new__ = new
    cls.__getnewargs__ = lambda self: tuple(getattr(self, name) for name in names)  # for pickle and copy
    del cls.__init__
    return cls
