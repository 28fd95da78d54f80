"""Things by the name that a person types: 陈红民, chen hongmin, 侯寨乡, 区委书记."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kg.errors import KgError
from kg.lexicon.sounds import syllables
from kg.views.contents import KINDS, StoreLike, Thing, opened

#: kinds that have a dossier; articles are found by what they tell
FOUND = tuple(kind for kind in KINDS if kind != "article")
#: names that are compared when near ones are looked for
MANY = 5000
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


def find(store: StoreLike, name: str) -> tuple[Thing, ...]:
    """The things called ``name``, namesakes and all. Raises KgError, with near names, where there is none."""
    classes = " ".join(f"kg:{kind.capitalize()}" for kind in FOUND)
    rows = (
        opened(store)
        .query(
            f"SELECT ?thing ?class ?label ?alt ?pinyin WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class ; "
            "rdfs:label ?label . OPTIONAL { ?thing skos:altLabel ?alt } OPTIONAL { ?thing kg:pinyin ?pinyin } }"
        )
        .rows
    )
    labels: dict[str, tuple[str, str]] = {}
    others: dict[str, set[str]] = {}
    sounds: dict[str, set[str]] = {}
    for thing, class_, label, alt, pinyin in sorted(rows):
        kept = labels.get(thing)
        if kept is not None and kept[1] != label:
            others.setdefault(thing, set()).add(label)
        labels.setdefault(thing, (class_.rpartition("#")[2].lower(), label))
        others.setdefault(thing, set()).update({alt} - {""})
        sounds.setdefault(thing, set()).update({pinyin} - {""})
    return find_in(
        (
            Thing(iri, kind, label, printed=tuple(sorted(others[iri])), pinyin=" / ".join(sorted(sounds[iri])))
            for iri, (kind, label) in labels.items()
        ),
        name,
    )


def find_in(things: Iterable[Thing], name: str) -> tuple[Thing, ...]:
    """The same among things that were read already.

    A name in full counts before an alias, an alias before pinyin, and pinyin before the end of a longer name
    (区委书记 finds 二七区委书记). Raises KgError where nothing fits.
    """
    wanted = "".join(name.split())
    pool = [thing for thing in things if thing.kind in FOUND]
    if not wanted:
        raise KgError("no name given; say whom or what to look for, such as 陈红民 or chen hongmin")
    sound = wanted.lower()
    tests = (
        lambda t: wanted == t.name,
        lambda t: wanted in t.printed,
        lambda t: sound.isascii() and sound in {p.replace(" ", "") for p in (*t.pinyin.split(" / "), *_sounds(t))},
        lambda t: len(wanted) > 2 and t.name.endswith(wanted),
    )
    for test in tests:
        found = [thing for thing in pool if test(thing)]
        if found:
            return tuple(sorted(found, key=lambda t: (_ORDER[t.kind], t.name, t.iri)))
    near = near_names(pool, wanted)
    hint = f"near names: {'、'.join(near)}" if near else "list the names with: kg query persons"
    raise KgError(f"{name}: nothing of that name in the graph; {hint}")


def _sounds(thing: Thing) -> Iterable[str]:
    return ("".join(syllables(name)) for name in thing.printed)


def near_names(things: Iterable[Thing], name: str, count: int = 6) -> list[str]:
    """Names that look, contain or sound like ``name``, best first."""
    names = sorted({thing.name for thing in things})
    holds = [n for n in names if name in n or (len(n) > 1 and n in name)]
    # comparing is slow: of many names only those that share a character, or a first letter in pinyin, are compared
    alike = get_close_matches(name, [n for n in names if set(n) & set(name)][:MANY], n=count, cutoff=0.5)
    wanted = "".join(syllables(name))
    sounds = {"".join(syllables(n)): n for n in names[:MANY]} if wanted else {}
    near = [sound for sound in sounds if sound[:1] == wanted[:1]]
    alike += [sounds[s] for s in get_close_matches(wanted, near, n=count, cutoff=0.75)]
    return list(dict.fromkeys([*sorted(holds, key=len), *alike]))[:count]
