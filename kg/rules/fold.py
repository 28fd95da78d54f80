"""One form of every character, length kept: what rules read.

``6月26日，“5Ｇ”`` and ``6月26日,"5G"`` are the same to a rule. Folding never changes the number of characters, so an
offset in the folded text is an offset in the text as printed.
"""

from __future__ import annotations

#: half-width marks that stand for full-width ones in Chinese text; digits and Latin letters go the other way
_MARKS = {
    ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "｡": "。", "､": "、",
    "〔": "（", "〕": "）", "﹙": "（", "﹚": "）", "．": ".", "～": "~", "—": "—", "－": "-", "–": "-", "·": "·",
    "•": "·", "・": "·", "‧": "·", "∙": "·", "﹑": "、", "﹐": "，", "﹔": "；", "﹕": "：", "「": "“", "」": "”",
    "『": "‘", "』": "’", "〝": "“", "〞": "”", "＂": '"', "＇": "'", "〈": "《", "〉": "》", "＜": "《", "＞": "》",
    "％": "%", "／": "/", "＋": "+", "　": " ", "\u00a0": " ", "\t": " ", "〇": "〇",
}
_TABLE = {ord(k): v for k, v in _MARKS.items()}
_TABLE |= {c: chr(c - 0xFEE0) for r in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for c in range(*r)}


def fold(text: str) -> str:
    """``text`` with one form of each mark, digit and letter; the same number of code points.

    Straight double quotes become “ and ” in turn, so that ``"路长制"`` reads like ``“路长制”``.
    A comma, colon or point between digits stays (8,000; 10:30; 3.5).
    """
    folded = text.translate(_TABLE)
    if "，" in folded or "：" in folded:
        chars = list(folded)
        for i, c in enumerate(text):
            if c in ",:" and 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit():
                chars[i] = c
        folded = "".join(chars)
    if '"' in folded:
        out, open_ = [], False
        for c in folded:
            if c == '"':
                open_ = not open_
                c = "“" if open_ else "”"
            elif c == "\n":
                open_ = False
            out.append(c)
        folded = "".join(out)
    return folded
