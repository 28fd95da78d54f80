"""Who is attested in which post on which days, and what follows: how long at least, who came after whom.

A news item proves a day, not a term of office. Between the first and the last day a post was held; before and after,
nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.nodes import single_roles
from kg.views.contents import Contents, Fact

#: modifiers by which a post is over on the day of the article, and those by which it is told of another time
OVER = frozenset({"原", "原任", "前", "前任"})
ELSEWHEN = frozenset({"时任", "时任原", "拟任", "候任"})


@dataclass(frozen=True, slots=True)
class Term:
    """A person in a post (their IRIs): the days attested, sorted; articles; the first day on which it was over."""

    person: str
    post: str
    days: tuple[str, ...]
    articles: int
    over: str = ""

    @property
    def first(self) -> str:
        return self.days[0] if self.days else ""

    @property
    def last(self) -> str:
        return self.days[-1] if self.days else ""


def terms(facts: Iterable[Fact]) -> tuple[Term, ...]:
    """The terms that some tenures attest, by first day."""
    days: dict[tuple[str, str], set[str]] = {}
    articles: dict[tuple[str, str], set[str]] = {}
    over: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        if fact.type != "Tenure" or "person" not in fact.ends or "post" not in fact.ends:
            continue
        held = fact.ends["person"], fact.ends["post"]
        modifiers = set(fact.values.get("modifier", ()))
        day = fact.value("date")
        if modifiers & OVER:
            over.setdefault(held, set()).update({fact.value("latest")} - {""})
        if modifiers & (OVER | ELSEWHEN):
            continue
        articles.setdefault(held, set()).add(fact.source.article)
        days.setdefault(held, set()).update({day} - {""})
    made = [
        Term(*held, tuple(sorted(days.get(held, ()))), len(articles.get(held, ())), min(over.get(held, ()), default=""))
        for held in articles.keys() | over.keys()
    ]
    return tuple(sorted(made, key=lambda t: (t.first or "~", t.post, t.person)))


def of_person(person: str, known: Contents) -> tuple[str, ...]:
    """The terms of a person, a line each."""
    mine = [t for t in terms(known.facts) if t.person == person]
    return tuple(f"{_name(t.post, known)}：{told(t)}" for t in mine)


def of_post(post: str, known: Contents) -> tuple[str, ...]:
    """The holders of a post, a line each; where it has one at a time also who followed whom, and what cannot be."""
    mine = [t for t in terms(known.facts) if t.post == post]
    lines = [f"{_name(t.person, known)}：{told(t)}" for t in mine]
    role = dict(known.things[post].details).get("postRole", "") if post in known.things else ""
    if role in single_roles():
        lines += changes(mine, known)
    return tuple(lines)


def changes(holders: list[Term], known: Contents) -> list[str]:
    """Who followed whom in a post, and days on which there would have been two."""
    lines = []
    dated = [t for t in holders if t.days]
    for before, after in zip(dated, dated[1:], strict=False):
        one, other = _name(before.person, known), _name(after.person, known)
        both = sorted(set(before.days) & set(after.days))
        if both:
            lines.append(f"矛盾：{both[0]} 同日见报两人，{one}、{other}")
        elif before.last > after.first:
            lines.append(
                f"矛盾：{one}、{other} 交替见报（{before.first} 至 {before.last}，{after.first} 至 {after.last}）"
            )
        else:
            lines.append(f"接任：{before.last} 至 {after.first} 之间，{other} 接替 {one}")
    return lines


def told(term: Term) -> str:
    """``见报 2019-06-29 至 2020-04-09（7 篇）；就任不晚于 2019-06-29，离任不早于 2020-04-09``."""
    over = f"离任不晚于 {term.over}" if term.over else ""
    if not term.days:
        said = f"见报 {term.articles} 篇，日期不明" if term.articles else ""
        return "；".join(x for x in (said, over) if x)
    days = term.first if term.first == term.last else f"{term.first} 至 {term.last}"
    bounds = f"就任不晚于 {term.first}，离任不早于 {term.last}"
    return "；".join(x for x in (f"见报 {days}（{term.articles} 篇）", bounds, over) if x)


def _name(iri: str, known: Contents) -> str:
    return known.things[iri].name if iri in known.things else iri.rpartition("/")[2]
