"""What events are about, on sentences of other areas."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Event, EventTopic


def topics(text: str) -> set[tuple[str, str]]:
    """The type of each event with each initiative it is about."""
    reading = read_text(text)
    types = {e.key: e.type for e in reading.facts if isinstance(e, Event)}
    return {(types[t.event], t.initiative) for t in reading.facts if isinstance(t, EventTopic)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日，县长王建国到桃林镇调研农村厕所改造工作。王建国先后察看了石门村、临江村。"
            "在随后召开的座谈会上，王建国听取了汇报。",
            {("inspection", "农村厕所改造"), ("meeting", "农村厕所改造")},
        ),
        (
            "为巩固文明城市创建成果，5月18日，泗洪县妇联开展“巾帼敲门”志愿服务活动。",
            {("activity", "文明城市创建")},
        ),
        (
            "5月6日，桃源县召开协商会议，就老旧小区改造工作征求意见。",
            {("meeting", "老旧小区改造")},
        ),
        (
            "5月6日，桃源县人民政府召开第12次常务会议。县长王建国主持。\n会议传达学习了省政府会议精神，"
            "听取了上半年经济运行情况的书面汇报。强化措施，狠抓落实，确保全年目标任务圆满完成，不断开创各项工作的新局面。\n"
            "会议审议了《桃源县城市更新实施方案》。城市更新是一项民心工程。",
            {("meeting", "城市更新")},
        ),
    ],
)
def test_topics(text: str, wanted: set[tuple[str, str]]) -> None:
    assert wanted <= topics(text)


def test_another_meeting_does_not_take_the_topic() -> None:
    """A meeting of another day or name is not about what an outing was about."""
    text = (
        "5月6日，县长王建国到桃林镇调研农村厕所改造工作。\n5月9日，桃源县消防大队举行消防工作会议，大队长刘志军主持。"
    )
    assert ("meeting", "农村厕所改造") not in topics(text)
