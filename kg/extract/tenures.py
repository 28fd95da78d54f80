"""Tenures: which person holds which post, by the rules of tenure.yaml over titles and names."""

from __future__ import annotations

from kg.extract.areas import own_prefix
from kg.extract.draft import Draft
from kg.extract.vocabulary import vocabulary
from kg.model import Evidence, Mention, Tenure, Title
from kg.rules import Match, load_rules


def find(draft: Draft) -> None:
    """Appends a Tenure for every post that the article says a named person holds, each once."""
    if not draft.of("post"):
        return
    tagged = draft.layer("post", "person", "label")
    rows = vocabulary(draft.extra).role_rows
    seen: set[tuple[str, str]] = set()
    for match in load_rules("tenure", draft.extra).find(tagged):
        posts = [m for m in match.mentions("posts") if isinstance(m.value, Title)]
        person = match.mention("person")
        if person is None or not posts:
            continue
        shared = [p for p in posts if isinstance(p.value, Title) and rows.get(p.value.role, {}).get("single") != "yes"]
        _add(draft, match, person, posts, seen)
        for other in match.mentions("all"):
            _add(draft, match, other, posts, seen)
        for other in match.mentions("more"):
            _add(draft, match, other, shared if len(shared) == len(posts) else [], seen)


def _add(draft: Draft, match: Match, person: Mention, posts: list[Mention], seen: set[tuple[str, str]]) -> None:
    for post in posts:
        title = post.value
        if not isinstance(title, Title) or title.generic or not title.body:
            continue
        area = own_prefix(title.name[0], draft.context.jurisdiction)
        key = (person.name, area + title.name[1:] if area else title.name)  # 市长 and 慈溪市市长 are one post
        if key in seen:
            continue
        seen.add(key)
        start, end = min(post.start, person.start), max(post.end, person.end)
        score = min(match.rule.score, person.score, post.score)
        draft.facts.append(
            Tenure(
                person.name,
                title.name,
                title.body,
                title.role,
                Evidence(start, end, match.rule.name, score),
                title.system,
                title.modifiers,
            )
        )
