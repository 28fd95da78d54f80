"""The types that pass from room to room: everything a page turns into on its way to the graph.

``bytes → Page → Article → Reading (mentions and facts) → Record (entities) → RDF``

All are frozen; all offsets are code points. Two coordinate systems exist and no third:

* **raw**: offsets into ``Page.text``, the file as decoded. A :class:`Span` is always raw.
* **article**: offsets into ``Article.text``, the unwrapped body. ``Article.offsets[i]`` is the raw offset of
  its character ``i``; :meth:`Article.raw_spans` turns an article stretch into raw spans. :class:`Mention` and
  :class:`Evidence` are in article coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kg.frozen import quick

# ---------------------------------------------------------------- the page


@quick(frozen=True, slots=True)
class Span:
    """A half-open stretch of the raw page, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the layout that a reader should know before trusting what was read.

    ``kind`` is one of seam, broken-sentence, displaced-headline, ambiguous-headline, debris, unassigned,
    encoding.
    """

    kind: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One file as read. ``name`` is the file name without suffix, ``digest`` the SHA-256 of its bytes."""

    name: str
    source: str
    text: str
    digest: str
    encoding: str = "utf-8"
    doubts: tuple[Doubt, ...] = ()

    def __repr__(self) -> str:
        return f"<Page {self.name} {len(self.text)} characters>"


BylineRole = Literal["reporter", "correspondent"]


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article: ``记者 张改华 通讯员 张雅青`` gives a reporter and a correspondent."""

    person: str
    role: BylineRole
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One news item: its headline, its unwrapped body and the way back to the file.

    ``text`` runs from 本报讯 (or the first body line) to the byline, inclusive; paragraphs are joined by ``\\n``,
    line breaks and layout spaces inside a paragraph are gone. ``norm`` is the same text, character for
    character, with one form of each punctuation mark (full width), digits and Latin letters in half width, and
    traditional characters in simplified form: rules read ``norm``, people read ``text``. ``prose`` is the part
    of ``text`` without lead marker and byline.
    """

    page: str
    key: str
    headline: str
    headline_spans: tuple[Span, ...]
    text: str
    norm: str
    offsets: Sequence[int]
    prose: tuple[int, int]
    bylines: tuple[Byline, ...] = ()
    headline_score: float = 1.0
    runner_up: str = ""
    doubts: tuple[Doubt, ...] = ()
    #: raw offsets after which the next character of ``text`` stands somewhere else on the page
    jumps: frozenset[int] = frozenset()
    #: the day of publication as the page prints it (under the headline, or at its own head)
    published: date | None = None

    def __repr__(self) -> str:
        return f"<Article {self.page}/{self.key} {self.headline[:20]!r}>"

    def raw_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The raw spans of ``text[start:end]``: one where the stretch is whole in the file.

        A hard line break does not split a span (the quote equals the raw slice once white space is removed);
        a jump over other text (an interleaved column, a caption) does.
        """
        spans: list[Span] = []
        first = previous = -1
        for i in range(start, end):
            if self.text[i] == "\n":
                continue
            at = self.offsets[i]
            if previous >= 0 and (at < previous or previous in self.jumps):
                spans.append(Span(first, previous + 1))
                first = -1
            first = at if first < 0 else first
            previous = at
        if first >= 0:
            spans.append(Span(first, previous + 1))
        return tuple(spans)


# ---------------------------------------------------------------- context

YearBasis = Literal["printed", "inferred", "given", "unknown"]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The area whose news a page brings, as far as it is known: 二七区 of 郑州市 of 河南省.

    ``level`` says which of the three is the page's own. Unknown levels are empty. ``code`` is the GB/T 2260
    code of the page's own level where the published list has it; ``basis`` is given, page or article.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    code: str = ""
    basis: str = "page"

    @property
    def name(self) -> str:
        """The page's own area in full: ``二七区``."""
        return self.district or self.city or self.province

    @property
    def levels(self) -> tuple[str, ...]:
        """The known areas from the widest to the page's own: ``("河南省", "郑州市", "二七区")``."""
        return tuple(x for x in (self.province, self.city, self.district) if x)


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is read with, besides the lexicon and the rules. Nothing else reaches the reader.

    ``published`` is the day the user says the page was printed, ``published_in`` where its file name or path tells
    that day (``YYYY-MM-DD``); ``year`` the year that its dates fall in, with
    its basis and ``year_reason`` (the phrase that tells it). An empty context is filled from the page.
    """

    published: date | None = None
    year: int | None = None
    year_basis: YearBasis = "unknown"
    year_reason: str = ""
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    published_in: str = ""


# ---------------------------------------------------------------- mentions

MentionKind = Literal["person", "post", "body", "place", "initiative", "document", "date", "quantity", "label", "event"]


@quick(frozen=True, slots=True)
class Mention:
    """A stretch of an article that names something.

    ``name`` is the name in full as far as the sentence tells (``宣传部`` printed in ``区委常委、宣传部长`` is
    named ``区委宣传部``; the district is written out by resolve). ``subkind`` is the kind in the sense of
    gold/GUIDE.md (official, government, street, compound, campaign …). ``value`` holds a parsed date, quantity
    or title. A ``label`` is a group that names nobody (区领导, 相关部门负责人). ``expansion`` is what the article
    says a term stands for (“四员”，即政策宣传员、民意收集员 …).
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    name: str
    rule: str
    subkind: str = ""
    score: float = 1.0
    value: When | Quantity | Title | None = None
    expansion: str = ""


@quick(frozen=True, slots=True)
class Title:
    """A printed title taken apart: ``二七区委副书记`` is role 副书记 in body 二七区委.

    ``body`` is the post's body as far as the sentence tells (empty: the page's own government or whatever the
    role's lexicon row says was not decidable), ``role`` the bare role, ``modifiers`` 代, 原, 时任, 兼, 第一, 常务 …,
    ``system`` the lexicon's party, government, congress, cppcc …, ``generic`` true for 主要负责人 and the like.
    """

    role: str
    body: str
    name: str
    system: str = ""
    modifiers: tuple[str, ...] = ()
    generic: bool = False


@quick(frozen=True, slots=True)
class When:
    """A date as far as it is known. ``edtf`` is for display (``2019-06-26``, ``XXXX-06-26``, ``2019-06``, "").

    ``earliest`` and ``latest`` bound it where a year is known. ``basis`` tells where the year comes from.
    """

    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    basis: YearBasis = "unknown"
    day_part: str = ""

    def __bool__(self) -> bool:
        return bool(self.edtf)


@quick(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``500余人`` is 500, 人, comparator ``>``.

    ``comparator`` is one of = (said as it is), > (余, 多, 超过), >= (以上, 不少于), < (不足, 近), <= (以内, 不超过).
    """

    value: float
    unit: str = ""
    comparator: str = "="
    scope: str = ""


# ---------------------------------------------------------------- facts

RefKind = Literal["person", "body", "place", "initiative", "document", "event", "jurisdiction"]


@quick(frozen=True, slots=True)
class Ref:
    """A thing inside one article: its kind and the ``name`` of its mentions (for an event: its key).

    ``jurisdiction`` is a bare area that acts (二七区召开…): an agent, but no body of its own.
    """

    kind: RefKind
    name: str

    def __hash__(self) -> int:  # the name tells nearly all apart, and a string keeps its hash
        return hash(self.name)


@quick(frozen=True, slots=True)
class Evidence:
    """Where a fact stands (article coordinates), which rule read it, and how sure the reading is (0 to 1)."""

    start: int
    end: int
    rule: str
    score: float = 1.0


@quick(frozen=True, slots=True)
class Tenure:
    """``区委书记陈红民``: a person holds a post, as of the article's date. ``title`` = body + role in full."""

    person: str
    title: str
    body: str
    role: str
    evidence: Evidence
    system: str = ""
    modifiers: tuple[str, ...] = ()

    def row(self) -> tuple[str, ...]:
        return (self.person, self.title)


EventType = Literal["meeting", "inspection", "signing", "training", "forum", "ceremony", "activity", "appointment"]


@quick(frozen=True, slots=True)
class Event:
    """A happening. ``key`` is its name inside the article (``e1``); ``part_of`` the key of its whole."""

    key: str
    type: str
    name: str
    when: When
    evidence: Evidence
    count: Quantity | None = None
    counted: str = ""
    part_of: str = ""

    def row(self) -> tuple[str, ...]:
        return (self.type, self.name)


ParticipationRole = Literal[
    "lead", "attend", "accompany", "address", "relay", "report", "pledge", "lecture", "host", "organise",
    "award", "receive",
]  # fmt: skip


@quick(frozen=True, slots=True)
class Participation:
    """``title`` is the title held at that event; ``through`` the unnamed people by whom a body was present."""

    event: str
    agent: Ref
    role: ParticipationRole
    evidence: Evidence
    title: str = ""
    through: str = ""
    open_list: bool = False

    def row(self) -> tuple[str, ...]:
        return (self.agent.name, self.role)


@quick(frozen=True, slots=True)
class EventPlace:
    event: str
    place: str
    role: Literal["venue", "site"]
    evidence: Evidence

    def row(self) -> tuple[str, ...]:
        return (self.place, self.role)


@quick(frozen=True, slots=True)
class EventTopic:
    event: str
    initiative: str
    evidence: Evidence

    def row(self) -> tuple[str, ...]:
        return (self.initiative,)


@quick(frozen=True, slots=True)
class Statement:
    """``speaker`` is a person, a body, or the event itself (会议指出). ``said`` is the stretch that was said.

    ``points`` are the ordered points (一是 … 二是 …) as article stretches. ``direct`` is true between quotes.
    """

    speaker: Ref
    verb: str
    said: tuple[int, int]
    text: str
    evidence: Evidence
    event: str = ""
    points: tuple[tuple[int, int], ...] = ()
    direct: bool = False

    def row(self) -> tuple[str, ...]:
        return (self.speaker.name, self.verb, self.text[:12])


@quick(frozen=True, slots=True)
class Target:
    """A measurable promise, duty or finished figure. ``modality``: planned, demanded, underway or done.

    ``part_of`` is the ``what`` of the total that this one is a part of.
    """

    what: str
    evidence: Evidence
    initiative: str = ""
    quantity: Quantity | None = None
    deadline: When | None = None
    by: Ref | None = None
    modality: Literal["planned", "demanded", "underway", "done"] = "planned"
    part_of: str = ""
    scope: str = ""

    def row(self) -> tuple[str, ...]:
        number = f"{self.quantity.value:g}{self.quantity.unit}" if self.quantity else ""
        return (self.what, number, self.deadline.edtf if self.deadline else "")


@quick(frozen=True, slots=True)
class DocumentUse:
    document: str
    action: Literal["read", "issued", "cited", "distributed", "drafted"]
    evidence: Evidence
    by: Ref | None = None
    event: str = ""

    def row(self) -> tuple[str, ...]:
        return (self.document, self.action)


TiePredicate = Literal[
    "partner", "established", "issued", "awarded", "located-in", "part-of", "reported-to", "conveyed", "trained-by"
]


@quick(frozen=True, slots=True)
class Tie:
    subject: Ref
    predicate: TiePredicate
    object: Ref
    evidence: Evidence

    def row(self) -> tuple[str, ...]:
        return (self.subject.name, self.predicate, self.object.name)


Fact = Tenure | Event | Participation | EventPlace | EventTopic | Statement | Target | DocumentUse | Tie


@quick(frozen=True, slots=True)
class Rejected:
    """A reading that was considered and dropped, with the reason: what ``kg explain`` and ``kg misses`` show."""

    start: int
    end: int
    text: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: ``when`` is the day of the reported event."""

    article: Article
    context: Context
    when: When
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...] = ()


# ---------------------------------------------------------------- entities

EntityKind = Literal["person", "post", "body", "place", "initiative", "document", "event"]


@quick(frozen=True, slots=True)
class Entity:
    """A thing in the graph. ``key`` is its identity: equal keys are one thing, in whatever article or page.

    ``name`` is the name in full; ``printed`` the other forms it is printed in; ``subkind`` as in gold/GUIDE.md
    (for a body the jurisdiction itself: ``jurisdiction``); ``parent`` the entity it belongs to (a body), lies in
    (a place) or is held in (a post); ``administers`` the place that a street office administers; ``reasons``
    why its mentions were joined, in Chinese and plain words.
    """

    kind: EntityKind
    key: str
    name: str
    subkind: str = ""
    printed: tuple[str, ...] = ()
    parent: Entity | None = None
    administers: Entity | None = None
    jurisdiction: str = ""
    code: str = ""
    system: str = ""
    role: str = ""
    expansion: str = ""
    reasons: tuple[str, ...] = ()
    status: str = ""  #: of an ad hoc body (指挥部, 专班): demanded (要求成立) or established


@dataclass(frozen=True, slots=True)
class Record:
    """An article ready for the graph: its reading, and the entity of every Ref and post in it.

    ``entities`` has a key for every :class:`Ref` used by a fact and for every naming mention
    (``Ref(mention.kind, mention.name)``); ``posts`` the post entity of each tenure title.
    """

    reading: Reading
    entities: Mapping[Ref, Entity]
    posts: Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class PageRecord:
    page: Page
    context: Context
    records: tuple[Record, ...]
