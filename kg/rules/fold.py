"""One form of every character, length kept: what rules read.

``6月26日，“5Ｇ”`` and ``6月26日,"5G"`` are the same to a rule. Folding never changes the number of characters, so an
offset in the folded text is an offset in the text as printed.
"""

from __future__ import annotations

import re

#: marks in half width or of another form, and what they stand for, one under the other
_FROM = ",;:?!()｡､〔〕﹙﹚．～－–•・‧∙﹑﹐﹔﹕「」『』〝〞＂＇〈〉＜＞％／＋　\u00a0\t"
_TO = "，；：？！（）。、（）（）.~--····、，；：“”‘’“”\"'《》《》%/+   "
_MAP = dict(zip(_FROM, _TO, strict=True))
#: digits and Latin letters go the other way, from full width to half width
_MAP |= {chr(c): chr(c - 0xFEE0) for r in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for c in range(*r)}
_FIND = re.compile("[" + re.escape("".join(_MAP)) + "]")
#: a comma or colon inside a number stays: 8,000 and 10:30
_IN_NUMBER = re.compile(r"[,:](?=\d)(?<=\d.)")


def fold(text: str) -> str:
    """``text`` with one form of each mark, digit and letter; the same number of code points.

    Straight double quotes become “ and ” in turn, so that ``"路长制"`` reads like ``“路长制”``.
    A comma, colon or point between digits stays (8,000; 10:30; 3.5).
    """
    folded = _FIND.sub(lambda m: _MAP[m[0]], text)
    if ("," in text or ":" in text) and (kept := [m.start() for m in _IN_NUMBER.finditer(text)]):
        chars = list(folded)
        for i in kept:
            chars[i] = text[i]
        folded = "".join(chars)
    return _curl(folded) if '"' in folded else folded


def _curl(text: str) -> str:
    """Straight quotes to curly ones in turn; a new line begins anew."""
    out, inside = [], False
    for c in text:
        if c == '"':
            inside = not inside
            c = "“" if inside else "”"
        elif c == "\n":
            inside = False
        out.append(c)
    return "".join(out)
