"""The stages put together: the same store whatever the number of processes, and nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kg
from kg import lexicon, pipeline
from kg.errors import KgError, PageError

PAGE = """{headline}

本报讯 {day}，{person}带队到{place}调研。
记者 张改华
"""


def make(folder: Path, number: int, person: str = "二七区委书记陈红民", day: str = "7月1日") -> Path:
    path = folder / f"page{number:02}.txt"
    headline = f"{person}到街道调研"
    path.write_text(PAGE.format(headline=headline, day=day, person=person, place=f"第{number}街道"), "utf-8")
    return path


def same_store(one: Path, other: Path) -> bool:
    return all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in ("graph.nq", "graph.trig", "manifest.json")
    )


def test_any_number_of_processes_gives_the_same_bytes(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "LOT", 1)  # every page a lot of its own, so that five pages come in any order
    one = kg.build([seeds], tmp_path / "one", jobs=1)
    two = kg.build([seeds], tmp_path / "two", jobs=2)
    assert same_store(tmp_path / "one", tmp_path / "two")
    assert (one.pages, one.articles, one.entities, one.facts) == (two.pages, two.articles, two.entities, two.facts)
    assert one.warnings == two.warnings


def test_the_order_in_which_pages_are_named_does_not_matter(seeds: Path, tmp_path: Path) -> None:
    files = sorted(seeds.glob("*.txt"))
    kg.build(files, tmp_path / "one")
    kg.build(files[::-1], tmp_path / "two")
    assert same_store(tmp_path / "one", tmp_path / "two")


def test_lots_come_back_in_order_and_few_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "LOT", 2)
    jobs = [pipeline.Job(make(tmp_path, n)) for n in range(17)]
    found = list(pipeline.outcomes(jobs, 2))
    assert [Path(o.source).stem for o in found] == [f"page{n:02}" for n in range(17)]
    assert not any(o.error for o in found)


def test_progress_counts_every_page(tmp_path: Path) -> None:
    for n in range(3):
        make(tmp_path, n)
    (tmp_path / "empty.txt").write_bytes(b"")
    told: list[tuple[int, int]] = []
    summary = kg.build([tmp_path], tmp_path / "store", progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert summary.pages == 3
    (left,) = summary.left_out
    assert left.page.endswith("empty.txt")


def test_summary_counts_things_once(tmp_path: Path) -> None:
    for n in range(2):
        make(tmp_path, n)
    summary = kg.build([tmp_path], tmp_path / "store")
    assert (summary.pages, summary.articles) == (2, 2)
    assert summary.facts["Tenure"] == 2  # each page says it
    assert summary.entities["post"] == 1  # of one post: 二七区委书记
    assert summary.characters == sum(len(p.read_text("utf-8")) for p in tmp_path.glob("*.txt"))


def test_the_same_page_under_two_names_is_read_once(tmp_path: Path) -> None:
    first = make(tmp_path, 1)
    (tmp_path / "copy.txt").write_bytes(first.read_bytes())
    summary = kg.build([tmp_path], tmp_path / "store")
    assert summary.pages == 1
    (left,) = summary.left_out
    assert "the same page as" in left.message


def test_a_fault_of_the_program_is_not_taken_for_a_bad_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError

    make(tmp_path, 1)
    monkeypatch.setattr(pipeline, "record", broken)
    with pytest.raises(ZeroDivisionError):
        kg.build([tmp_path], tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_no_page_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(PageError, match=r"empty\.txt"):
        kg.build([tmp_path], tmp_path / "store")
    with pytest.raises(KgError, match="--jobs 0"):
        kg.build([tmp_path], tmp_path / "store", jobs=0)


def test_few_pages_are_read_by_one_process(seeds: Path, tmp_path: Path) -> None:
    paths = sorted(seeds.glob("*.txt"))
    assert pipeline.processes_for(paths, None) == 1
    assert pipeline.processes_for(paths, 3) == 3
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * pipeline.WORTH_A_POOL)
    assert pipeline.processes_for([big], None) == pipeline.cores()
    assert pipeline.processes_for([big, Path("-")], None) == 1


def test_explain_a_text_and_a_file(tmp_path: Path) -> None:
    (reading,) = kg.explain("二七区委书记陈红民带队到淮河路街道调研。")
    tenures = [f for f in reading.facts if type(f).__name__ == "Tenure"]
    assert [(f.person, f.title) for f in tenures] == [("陈红民", "二七区委书记")]
    (reading,) = kg.explain(make(tmp_path, 3))
    assert reading.article.page == "page03"
    with pytest.raises(PageError, match="empty"):
        kg.explain("  ")


def test_load_gives_what_rdflib_users_know(tmp_path: Path) -> None:
    make(tmp_path, 1)
    kg.build([tmp_path], tmp_path / "store")
    dataset = kg.load(tmp_path / "store")
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.quads())) == len(kg.Store.open(tmp_path / "store"))
    rows = dataset.query("PREFIX kg: <http://example.org/kg/ns#> SELECT ?n { ?p a kg:Post ; rdfs:label ?n }")
    assert {str(row[0]) for row in rows} == {"二七区委书记"}


def test_query_by_name_and_by_text(tmp_path: Path) -> None:
    make(tmp_path, 1)
    kg.build([tmp_path], tmp_path / "store")
    (row,) = kg.query(tmp_path / "store", "posts")
    assert (row["page"], row["person"], row["title"]) == ("page01", "陈红民", "二七区委书记")
    assert kg.query(kg.Store.open(tmp_path / "store"), "ASK { ?p a kg:Post }").answer


def own_rules(folder: Path, name: str, text: str) -> Path:
    path = folder / "own" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder / "own"


def test_a_word_of_ones_own_is_read_and_told_in_the_version(tmp_path: Path) -> None:
    sentence = "二七区驿站长陈红民到淮河路街道调研。"
    assert not [f for f in kg.explain(sentence)[0].facts if type(f).__name__ == "Tenure"]
    rows = (Path(lexicon.__file__).parent / "roles.tsv").read_text("utf-8").splitlines()
    columns = next(line for line in rows if not line.startswith("#"))
    (like,) = (line for line in rows if line.startswith("区长\t"))
    mine = own_rules(tmp_path, "lexicon/roles.tsv", f"{columns}\n{like.replace('区长', '驿站长', 1)}\n")
    tenures = [f for f in kg.explain(sentence, rules=mine)[0].facts if type(f).__name__ == "Tenure"]
    assert [(f.person, f.role) for f in tenures] == [("陈红民", "驿站长")]
    kg.build([make(tmp_path, 1)], tmp_path / "store", rules=mine)
    assert str(kg.Store.open(tmp_path / "store").manifest["rules"]).startswith(f"{kg.__version__}+own.")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rules/tenures.yaml", "did you mean tenure"),
        ("rules/tenure.yml", "tenure"),
        ("lexicon/rolls.tsv", "roles"),
        ("notes.txt", "no rules"),
    ],
)
def test_a_file_that_would_never_be_read_is_told(tmp_path: Path, name: str, said: str) -> None:
    mine = own_rules(tmp_path, name, "x\n")
    with pytest.raises(KgError, match=said):
        kg.build([make(tmp_path, 1)], tmp_path / "store", rules=mine)
    with pytest.raises(KgError, match=said):
        kg.explain("二七区委书记陈红民到淮河路街道调研。", rules=mine)


def test_a_rule_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such folder"):
        kg.build([make(tmp_path, 1)], tmp_path / "store", rules=tmp_path / "nowhere")


def test_the_door_names_what_it_has() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
        assert name in dir(kg)
    with pytest.raises(AttributeError, match="nonsense"):
        kg.nonsense  # noqa: B018
