"""Numbers as Chinese news prints them: ``1000``, ``8,000``, ``21.6``, ``十二``, ``两``, ``一百二十``, ``二〇二一``."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "O": 0, "o": 0, "Ｏ": 0, "两": 2, "俩": 2, "首": 1,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}


def number(text: str) -> Decimal | None:
    """The value of a number in Arabic or Chinese digits; None if it is none.

    ``八千`` is 8000, ``二〇二一`` 2021 (digit by digit), ``百`` 100, ``1.2万`` 12000.
    """
    text = text.replace(",", "").strip()
    factor = 1
    while text and text[-1] in _BIG and text[:-1] and text[0].isascii():
        factor *= _BIG[text[-1]]
        text = text[:-1]
    if text and text.isascii():
        try:
            return Decimal(text) * factor
        except ArithmeticError:
            return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    last = 1
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        if c in _TENS:
            section += (digit or 1) * _TENS[c]
            last = _TENS[c]
        elif c in _BIG:
            if c == "亿":
                total, section = (total + section + digit or 1) * _BIG[c], 0
            else:
                total, section = total + (section + digit or 1) * _BIG[c], 0
            last = _BIG[c]
        else:
            return None
        digit = 0
    # 一万二 is twelve thousand, 一百二 one hundred and twenty; 一百零二 is one hundred and two
    if digit and last >= 100 and len(text) > 2 and text[-2] not in "零〇":
        digit *= last // 10
    return Decimal(total + section + digit) if text else None


def integer(text: str) -> int | None:
    """:func:`number` as a whole number: ``十二`` is 12, ``二〇二一`` 2021; None if it is none."""
    value = number(text)
    return int(value) if value is not None and value == int(value) else None
