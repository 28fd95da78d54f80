"""The engine: one YAML file per kind of finding, compiled to regular expressions over tagged text.

A pattern is a Python regular expression with three additions:

* ``<Person>``, ``<Body:street|party>``: one mention of that kind (and one of these subkinds);
* ``{verbs:lead}``: any word of the list ``verbs`` whose ``role`` column (the list's second column) holds ``lead``;
  ``{measures}``: any word of the list; ``{posts.role:…}`` is not needed and not allowed;
* ``{{piece}}``: a pattern named under ``pieces:`` in the same file.

Private-use characters stand for mentions, so ``.`` and ``[^。]`` match a mention as one character. Unbounded
``*`` and ``+`` on ``.`` are refused: a rule must say how far it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kg import lexicon
from kg.errors import KgError, RuleError
from kg.model import Mention
from kg.rules.kept import kept
from kg.rules.tagged import Tagged, codes
from kg.rules.triggers import Stretch, Trigger, Triggers

HERE = Path(__file__).parent

_REF = re.compile(
    r"<(?P<kind>[A-Z][a-z]+)(?::(?P<subs>[a-z|]+))?>"
    r"|(?<!\\)\{\{(?P<piece>[a-z][a-z0-9-]*)\}\}"
    r"|(?<!\\)\{(?P<table>[a-z][a-z-]*)(?::(?P<value>[a-z|-]+))?\}"
)
#: ``(?!<Person>|<Body>)[^，。]`` is written as one class, which is tried in one step
_NOT_BEFORE = re.compile(r"\(\?!(?P<codes>\[?[\ue000-\uf8ff]+\]?(?:\|\[?[\ue000-\uf8ff]+\]?)*)\)\[\^")
_CODE_SIGNS = re.compile(r"[\[\]|]")
_KEYS = {"name", "pattern", "result", "score", "note", "examples", "rejects", "needs"}
_REQUIRED = ("name", "pattern", "note", "examples", "rejects")
_LISTS = ("examples", "rejects", "needs")
#: so many words of a list that begin alike are written with their beginning once
_ALIKE = 3
#: escapes and classes are passed over; a bare . that repeats without end is caught
_ENDLESS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<endless>\.(?:[*+]|\{\d*,\}))", re.S)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``result`` are the fixed values of what it finds; ``needs`` words one of which must occur."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    source: str
    result: Mapping[str, str]
    score: float
    note: str
    examples: tuple[Mapping[str, Any], ...]
    rejects: tuple[str, ...]
    needs: tuple[str, ...]
    file: str
    line: int
    #: where it can match at all, as its pattern says: see triggers.py
    trigger: Trigger | None
    musts: frozenset[frozenset[str]]

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"


@dataclass(slots=True, eq=False)  # not frozen: a page makes a thousand, and frozen ones take three times as long
class Match:
    """A rule that fired: offsets in article coordinates, groups by name."""

    rule: Rule
    tagged: Tagged
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.span()[0]

    @property
    def end(self) -> int:
        return self.span()[1]

    def has(self, group: str) -> bool:
        """Whether the pattern has this group and it took part in the match."""
        return group in self.rule.pattern.groupindex and self.match.start(group) >= 0

    def span(self, group: str | int = 0) -> tuple[int, int]:
        """The article stretch of a group (the whole match by default)."""
        return self.tagged.article(*self.match.span(group))

    def mentions(self, group: str | int = 0) -> list[Mention]:
        """The mentions inside a group, in order; [] if the group did not take part."""
        if isinstance(group, str) and not self.has(group):
            return []
        return self.tagged.inside(*self.match.span(group))

    def mention(self, group: str) -> Mention | None:
        found = self.mentions(group)
        return found[0] if found else None


class RuleSet:
    """The rules of one kind, in file order (an earlier rule is tried first)."""

    def __init__(self, kind: str, rules: tuple[Rule, ...]) -> None:
        self.kind = kind
        self.rules = rules
        self._triggers: Triggers | None = None

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def reach(self, text: str) -> list[tuple[Rule, list[Stretch]]]:
        """The rules that may match in a tagged text, in order, with the stretches that hold all their matches."""
        if self._triggers is None:
            self._triggers = Triggers(rule.trigger for rule in self.rules)
        reached = []
        for number, stretches in self._triggers.reach(text):
            rule = self.rules[number]
            if not rule.needs or any_in(text, rule.needs):
                reached.append((rule, stretches))
        return reached

    def find(self, tagged: Tagged) -> Iterator[Match]:
        """All matches of all rules over a tagged text, rule by rule, each from left to right."""
        text = tagged.text
        for rule, stretches in self.reach(text):
            for start, end in stretches:
                for found in rule.pattern.finditer(text, start, end):
                    yield Match(rule, tagged, found)


def any_in(text: str, words: Iterable[str], start: int = 0, end: int | None = None) -> bool:
    """Whether one of the words stands in ``text[start:end]``."""
    for word in words:  # noqa: SIM110 (any() takes twice as long, and a page asks it a thousand times)
        if text.find(word, start, end) >= 0:
            return True
    return False


def _lines_of(text: str) -> list[int]:
    """The line of each ``- name:`` in a rule file, in order."""
    return [i for i, line in enumerate(text.splitlines(), 1) if re.match(r"\s*-\s+name\s*:", line)]


def expand(pattern: str, pieces: Mapping[str, str], extra: Path | None = None) -> str:
    """The regular expression behind a pattern. Raises KgError for an unknown kind, list or piece."""

    def one(m: re.Match[str]) -> str:
        if m["kind"]:
            kind = m["kind"].lower()
            try:
                found = codes(kind, (m["subs"] or "").split("|") if m["subs"] else ())
            except KeyError:
                raise RuleError(f"unknown mention kind <{m[0].strip('<>')}>") from None
            return f"[{found}]" if len(found) > 1 else found
        if m["piece"]:
            if m["piece"] not in pieces:
                raise RuleError(
                    f"unknown piece {{{{{m['piece']}}}}}; the file's pieces are {', '.join(pieces) or 'none'}"
                )
            return f"(?:{expand(pieces[m['piece']], pieces, extra)})"
        return _listed(m["table"], m["value"] or "", extra)

    return _NOT_BEFORE.sub(lambda m: f"[^{_CODE_SIGNS.sub('', m['codes'])}", _REF.sub(one, pattern))


@lru_cache(maxsize=None)
def _listed(name: str, value: str, extra: Path | None) -> str:
    """The pattern of a list, or of those of its words that have one of these values in its second column."""
    table = lexicon.load(name, extra)
    words = set(table.words())
    if value:
        column = table.columns[1]
        words = {w for v in value.split("|") for w in table.words(**{column: v})}
        if not words:
            raise RuleError(f"list {name} has no word whose {column} is {value}")
    return f"(?:{_any_of(words)})"


def _any_of(words: set[str]) -> str:
    """Any of the words, at each place the longest first; where many begin alike, their beginning is looked at once:
    ``建(?:设好|成|设|立|)|打造``.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        rests.setdefault(word[0], []).append(word)
    found: list[str] = []
    for first, alike in rests.items():
        if len(alike) < _ALIKE:
            found += map(re.escape, alike)
        else:
            found.append(f"{re.escape(first)}(?:{'|'.join(re.escape(w[1:]) for w in alike)})")
    return "|".join(found)


def _check_values(entry: Mapping[str, Any], where: str) -> None:
    """Raises RuleError for a key whose value is of the wrong kind."""
    where = f"{where}: rule {entry['name']}"
    for key in _LISTS:
        if not isinstance(entry.get(key) or [], list):
            raise RuleError(f"{where}: `{key}` must be a list, as in `{key}: [{entry[key]}]`")
    for example in entry["examples"]:
        if isinstance(example, dict) and "text" not in example:
            raise RuleError(f"{where}: an example has no `text`; write `- {{text: …, finds: […]}}`")
    if not isinstance(entry.get("result") or {}, dict):
        raise RuleError(f"{where}: `result` must hold names and values, as in `result: {{role: lead}}`")
    score = entry.get("score", 0.9)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise RuleError(f"{where}: `score` must be a number from 0 to 1, got {score}")


def parse_rules(kind: str, text: str, file: str, extra: Path | None = None) -> tuple[Rule, ...]:
    """The rules of one file. Raises RuleError naming file, line, what was expected and what to do."""
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise RuleError(f"{file}{place}: not YAML ({getattr(error, 'problem', error)}); see docs/rules.md") from None
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise RuleError(f"{file}, line 1: expected a list under `rules:`; see docs/rules.md")
    pieces = data.get("pieces") or {}
    if not isinstance(pieces, dict):
        raise RuleError(f"{file}: expected `pieces:` to hold names and patterns; see docs/rules.md")
    pieces = {str(name): str(piece) for name, piece in pieces.items()}
    lines = _lines_of(text)
    rules = []
    for i, entry in enumerate(data["rules"]):
        line = lines[i] if i < len(lines) else 1
        where = f"{file}, line {line}"
        if not isinstance(entry, dict):
            raise RuleError(f"{where}: expected a rule with name, pattern, note, examples and rejects")
        unknown = [k for k in entry if k not in _KEYS]
        if unknown:
            raise RuleError(f"{where}: unknown key `{unknown[0]}`; a rule has {', '.join(sorted(_KEYS))}")
        missing = [k for k in _REQUIRED if not entry.get(k)]
        if missing:
            raise RuleError(f"{where}: rule {entry.get('name', '(no name)')} has no `{missing[0]}`, add it")
        _check_values(entry, where)
        try:
            source = expand(str(entry["pattern"]).replace("\n", ""), pieces, extra)
            endless = next((m["endless"] for m in _ENDLESS.finditer(source) if m["endless"]), "")
            if endless:
                raise RuleError(f"`{endless}` has no end; say how far it looks, as in `.{{0,40}}`")
            made = kept().compiled(source)
        except KgError as error:
            raise RuleError(f"{where}: rule {entry['name']}: {error}") from None
        except re.error as error:
            raise RuleError(f"{where}: rule {entry['name']}: the pattern is no regular expression ({error})") from None
        examples = tuple(e if isinstance(e, dict) else {"text": e} for e in entry["examples"])
        rules.append(
            Rule(
                name=str(entry["name"]),
                kind=kind,
                pattern=made.pattern,
                source=str(entry["pattern"]),
                result={str(k): str(v) for k, v in (entry.get("result") or {}).items()},
                score=float(entry.get("score", 0.9)),
                note=str(entry["note"]),
                examples=examples,
                rejects=tuple(str(r) for r in entry["rejects"]),
                needs=tuple(entry.get("needs") or ()),
                file=file,
                line=line,
                trigger=made.trigger,
                musts=made.musts,
            )
        )
    return tuple(rules)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror or error})") from None


def load_rules(kind: str, extra: Path | None = None) -> RuleSet:
    """The rules of ``kind`` (the file's name), with those of ``extra/rules/kind.yaml`` tried first.

    Raises RuleError when a file or a rule is not what it must be, or when two rules share a name.
    """
    return _loaded(kind, extra)


@lru_cache(maxsize=None)
def _loaded(kind: str, extra: Path | None) -> RuleSet:
    files = [HERE / f"{kind}.yaml"]
    if extra and (extra / "rules" / f"{kind}.yaml").is_file():
        files.insert(0, extra / "rules" / f"{kind}.yaml")
    rules: list[Rule] = []
    for path in files:
        file = path.name if path.parent == HERE else str(path)
        rules += parse_rules(kind, _read(path), file, extra)
    kept().save()
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.name in seen:
            raise RuleError(
                f"{rule.file}, line {rule.line}: the name {rule.name} is taken by {seen[rule.name].file}, "
                f"line {seen[rule.name].line}; names must be unique"
            )
        seen[rule.name] = rule
    return RuleSet(kind, tuple(rules))
