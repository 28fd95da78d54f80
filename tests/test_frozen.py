"""Frozen types that are made fast are dataclasses as any other."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

from kg.frozen import quick
from kg.model import Evidence, Mention, Ref


def test_a_mention_is_made_compared_copied_and_kept_as_before() -> None:
    mention = Mention("person", 2, 5, "陈红民", name="陈红民", rule="title")
    assert is_dataclass(mention) and [f.name for f in fields(mention)][:3] == ["kind", "start", "end"]
    assert (mention.subkind, mention.score, mention.value) == ("", 1.0, None)
    assert repr(Evidence(1, 2, "held")) == "Evidence(start=1, end=2, rule='held', score=1.0)"
    assert replace(mention, end=6).end == 6
    assert pickle.loads(pickle.dumps(mention)) == copy.deepcopy(mention) == mention
    assert {Ref("body", "区委"), Ref("body", "区委"), Ref("place", "区委")} == {Ref("body", "区委"), Ref("place", "区委")}


def test_nothing_of_it_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Ref("body", "区委").name = "县委"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Ref("body")  # type: ignore[call-arg]


def test_a_type_with_a_field_made_anew_each_time_is_refused() -> None:
    with pytest.raises(TypeError, match="Row is not made of plain fields"):

        @quick(frozen=True, slots=True)
        class Row:
            cells: list[str] = field(default_factory=list)
