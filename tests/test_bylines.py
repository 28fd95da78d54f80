"""Bylines in the forms that local papers print: behind the marker, in it, at the end, and who wrote in what role."""

from __future__ import annotations

import pytest

from kg.pages import articles, page_from_bytes

BODY = "9月13日，全县安全生产工作会议召开。县委书记王海峰出席会议并讲话，要求各乡镇压实责任，确保形势稳定。"


def wrote(text: str) -> list[tuple[str, str]]:
    page = page_from_bytes(f"全县安全生产工作会议召开\n\n{text}\n".encode(), "one")
    return [(name.person, name.role) for article in articles(page) for name in article.bylines]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("云山网讯通讯员赵敏、何必报道：", [("赵敏", "correspondent"), ("何必", "correspondent")]),
        ("云山网讯 记者 赵敏 ", [("赵敏", "reporter")]),
        ("本报讯 记者赵敏 通讯员何必 ", [("赵敏", "reporter"), ("何必", "correspondent")]),
        (
            "本报讯记者赵敏、何必，通讯员钱多报道：",
            [("赵敏", "reporter"), ("何必", "reporter"), ("钱多", "correspondent")],
        ),
        ("本报讯（何必 记者 赵敏）", [("何必", "correspondent"), ("赵敏", "reporter")]),
        ("（何必 本报记者 赵敏）", [("何必", "correspondent"), ("赵敏", "reporter")]),
        ("本报讯 记者从县应急局获悉，", []),
        ("云山日报/云山网讯(记者赵敏通讯员何必报道)", [("赵敏", "reporter"), ("何必", "correspondent")]),
        ("云山日报、云山网讯（记者赵敏）", [("赵敏", "reporter")]),
        ("本报/云山融媒讯（记者 何必）", [("何必", "reporter")]),
        ("《云山晚报》讯 记者赵敏 ", [("赵敏", "reporter")]),
        ("本报讯（记者赵敏 云山记者站何必）", [("赵敏", "reporter"), ("何必", "reporter")]),
        ("云山讯云山日报记者 赵敏 通讯员 何必 文/图）", [("赵敏", "reporter"), ("何必", "correspondent")]),
    ],
)
def test_behind_the_marker(head: str, expected: list[tuple[str, str]]) -> None:
    assert wrote(head + BODY) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("（何 必 全媒体记者赵 敏）", [("何必", "correspondent"), ("赵敏", "reporter")]),
        ("（何必 通讯员 赵敏）", [("何必", "reporter"), ("赵敏", "correspondent")]),
        ("（《云山日报》记者 赵敏 何必）", [("赵敏", "reporter"), ("何必", "reporter")]),
    ],
)
def test_at_the_end(tail: str, expected: list[tuple[str, str]]) -> None:
    assert wrote(f"{BODY}\n{tail}") == expected


def test_the_line_of_a_paper_is_no_headline() -> None:
    text = f"今日云山 1750 期 第1版 2021年11月\n\n全县安全生产工作会议召开\n\n本报讯 {BODY}\n"
    assert [a.headline for a in articles(page_from_bytes(text.encode(), "one"))] == ["全县安全生产工作会议召开"]
