"""Whatever stands on a page: the quotes are slices of it, the lines are N-Quads, and no query is misread."""

from __future__ import annotations

import graph_samples as samples
import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import graph
from kg.errors import QueryError
from kg.graph import sparql, terms
from kg.model import Article, Evidence, Mention, PageRecord, Participation, Reading, Record, Ref, When

#: what pages hold, and what breaks writers: line ends of all kinds, quotes, backslashes, controls, wide spaces, tags
CHARACTERS = st.sampled_from("区委书记陈红民，。“”\"'\\\n\r\t \u3000\u2028\u0085\x00\x1f<>{}@^.#;😀aA1")
TEXT = st.text(CHARACTERS, min_size=1, max_size=60)


@given(TEXT, st.data())
@settings(max_examples=150, deadline=None)
def test_quotes_are_slices_and_lines_are_n_quads(raw: str, data: st.DataObject) -> None:
    page = samples.page("p", raw)
    kept = [i for i, c in enumerate(raw) if not c.isspace()]
    text = "".join(raw[i] for i in kept)
    jumps = frozenset(data.draw(st.sets(st.sampled_from(kept), max_size=3))) if kept else frozenset()
    article = Article("p", "a1", "", (), text, text, kept, (0, len(text)), jumps=jumps)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    name = data.draw(TEXT)
    fact = Participation("e1", Ref("person", name), "attend", Evidence(start, end, name), title=name)
    mention = Mention("label", start, end, text[start:end], name, "r")
    reading = Reading(article, samples.CONTEXT, When(), (mention,), (fact,))
    record = PageRecord(page, samples.CONTEXT, (Record(reading, {}, {}),))

    lines = "\n".join(graph.nquads(record)) + "\n"
    quads = list(ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len(list(graph.quads(record)))
    said = {(q.subject.value, q.predicate.value): q.object.value for q in quads}
    exact, first, last = (terms.PREFIXES["oa"] + x for x in ("exact", "start", "end"))
    quotes = [(s.removesuffix("#quote"), o) for (s, p), o in said.items() if p == exact]
    for mentioned, quote in quotes:
        at = mentioned + "#position"
        assert quote == "".join(raw[int(said[at, first]) : int(said[at, last])].split())
    # the pieces of a fact, in the order of the page, are the words of the fact
    pieces = sorted(quotes, key=lambda x: int(said[x[0] + "#position", first]))
    assert "".join(quote for _, quote in pieces) == text[start:end]


@given(st.text(CHARACTERS, max_size=40))
def test_any_text_is_read_back(value: str) -> None:
    assert terms.plain(terms.text(value, "zh")) == value


@given(st.text(st.sampled_from("SERVICEfrom<>\"'#\\ \n{}?$:@ax/http"), max_size=40))
def test_what_the_engine_reads_as_a_call_is_refused(noise: str) -> None:
    """Noise in front of a SERVICE: either the engine cannot read the query, or the call is seen and refused."""
    query = f"SELECT * WHERE {{ ?s ?p ?o . {noise} SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}"
    try:
        sparql.refuse(query)
    except QueryError:
        return
    # not refused: then SERVICE stands in a string, a comment or an IRI, and nothing calls
    store = ox.Store()
    store.load(b"<a:a> <a:a> <a:a> .", ox.RdfFormat.N_TRIPLES)
    try:
        list(store.query(query, prefixes=dict(terms.PREFIXES)))
    except SyntaxError:
        return
    except OSError as error:
        raise AssertionError(f"the engine called out for {query!r}") from error
