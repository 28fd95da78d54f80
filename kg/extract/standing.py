"""How high an office stands, so that of several who spoke the one who led can be told.

``市委常委、市纪委书记`` stands above ``市委第二巡察组组长``, ``副市长`` of the city above the ``县长`` of the county.
Only an order: heads of an area first, then its assembly and conference, deputies, heads of departments, others.
"""

from __future__ import annotations

import re
from functools import lru_cache

_AREA = "[省市区县旗州盟]"
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"(?:{_AREA}|自治区)委书记")),
    (2, re.compile(rf"(?<!副)(?:{_AREA}长|盟长|自治区主席|主席团常务主席)(?!助理)")),
    (3, re.compile(r"人大(?:常委会)?(?:党组书记、)?主任|人民代表大会常务委员会主任")),
    (4, re.compile(r"政协(?:党组书记、)?主席|政协[一-龥]{0,12}委员会主席")),
    (5, re.compile(rf"{_AREA}委副书记")),
    (6, re.compile(rf"{_AREA}委常委|常务副{_AREA}长")),
    (7, re.compile(rf"副(?:{_AREA}长|盟长)|人大(?:常委会)?副主任|政协副主席|{_AREA}领导|法院院长|检察院检察长")),
)
_OUTSIDE = re.compile(
    r"大学|学院|研究院|研究所|医院|总裁|董事|经理|厂长|创始人|教授|研究员|院士|协会|学会|商会|校长|律师"
)
#: an office that is none of these, and somebody without one
OFFICE, OUTSIDE, NONE = 8.0, 9.0, 10.0


@lru_cache(maxsize=4096)
def of(title: str, home: tuple[str, ...]) -> float:
    """The place of a printed title in the order: the smaller, the higher. ``home`` are the page's areas, widest first.

    ``县委副书记、县长`` is 2 and stands above ``副县长``; an office of a wider area than the page's own goes before its
    own offices of the next rank.
    """
    if not title:
        return NONE
    plain = re.sub(r"原|代理?(?=[市县区旗])", "", title)
    rank, office = next(((float(n), m[0]) for n, pattern in _LADDER if (m := pattern.search(plain))), (0.0, ""))
    if not rank:
        return OUTSIDE if _OUTSIDE.search(plain) else OFFICE
    own = home[-1][-1:] if home else ""
    wider = any(plain.startswith(name) for name in home[:-1])
    level = re.match(r"[省市]", plain) or re.search(r"[省市]", office)
    if wider or level and own and level[0] != own and own != "省":
        return rank - 6.5
    return rank
