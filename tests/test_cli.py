"""The command line as its user meets it: what it prints, how it ends, and what it says of wrong input."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.cli import main, output, place
from kg.errors import KgError
from kg.model import Jurisdiction

Run = subprocess.CompletedProcess[str]

#: 000_7331d32aa81932c1.txt, lines 2–7, shortened, with the byline of another page
PAGE = """二七区召开精神文明建设
暨创文工作推进会

本报讯 6月 26日，二七区召开
2019年精神文明建设暨文明城市创建
工作推进会。二七区委常委、宣传部
长崔世英出席会议。
记者 张改华  通讯员 张雅青
"""


def run_kg(*arguments: str | Path, stdin: str = "", limit: int | None = None, **environment: str) -> Run:
    """``kg`` in a process of its own; ``limit`` is the largest file it may write, as on a full disk."""

    def small_disk() -> None:
        assert limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | environment,
        preexec_fn=small_disk if limit else None,
    )


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def small_store(page: Path, tmp_path: Path) -> Path:
    kg.build([page], tmp_path / "store")
    return tmp_path / "store"


Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs ``kg`` on wrong input in this process and gives the one line it says: nothing else, exit code 2."""

    def run(*arguments: str | Path) -> str:
        capsys.readouterr()
        assert main([str(a) for a in arguments]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("kg: ")
        assert said.err.endswith("\n")
        assert said.err.count("\n") == 1, said.err
        return said.err

    return run


# ---------------------------------------------------------------- build


def test_build_makes_a_store_and_says_what_it_found(page: Path, tmp_path: Path) -> None:
    done = run_kg("build", page, "--store", tmp_path / "store")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert re.search(r"\b1\s+pages\b", done.stderr)
    assert re.search(r"\b1\s+articles\b", done.stderr)
    assert re.search(r"\b1\s+persons\b", done.stderr)  # 崔世英; reporters are no persons of the news
    assert str(tmp_path / "store") in done.stderr
    assert "\x1b" not in done.stderr


def test_build_quiet_says_nothing(page: Path, tmp_path: Path) -> None:
    done = run_kg("build", page, "--store", tmp_path / "store", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_build_twice_gives_the_same_bytes(page: Path, small_store: Path) -> None:
    before = (small_store / "graph.nq").read_bytes()
    assert run_kg("build", page, "--store", small_store, "--quiet").returncode == 0
    assert (small_store / "graph.nq").read_bytes() == before


def test_a_page_that_cannot_be_read_is_named_and_the_others_go_on(page: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run_kg("build", tmp_path, "--store", tmp_path / "store", "--quiet")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert any("picture.txt" in line for line in lines)
    assert any("empty.txt" in line for line in lines)
    assert [p.name for p in kg.Store.open(tmp_path / "store").pages] == ["page"]


def test_two_pages_of_one_name_are_told(page: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "page.txt").write_text(PAGE.replace("崔世英", "孙晓红"), "utf-8")
    done = run_kg("build", page, tmp_path / "more", "--store", tmp_path / "store", "--quiet")
    assert done.returncode == 2
    assert "more/page.txt" in done.stderr
    assert "rename" in done.stderr


def test_base_is_where_names_begin(page: Path, tmp_path: Path) -> None:
    base = "https://news.example.cn/id/"
    assert run_kg("build", page, "-s", tmp_path / "store", "-q", "--base", base).returncode == 0
    query = "SELECT DISTINCT ?p { ?p a kg:Person }"
    rows = kg.query(tmp_path / "store", query).rows
    assert rows
    assert all(iri.startswith(base) for (iri,) in rows)


def test_published_gives_the_year(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.replace("2019年", ""), "utf-8")
    assert main(["build", str(page), "-s", str(tmp_path / "store"), "-q", "--published", "2018-06-28"]) == 0
    (row,) = kg.query(tmp_path / "store", "articles")
    assert row["date"] == "2018-06-26"


def test_rules_of_the_user_are_read(page: Path, tmp_path: Path, told: Told) -> None:
    (tmp_path / "own" / "lexicon").mkdir(parents=True)
    (tmp_path / "own" / "lexicon" / "surnames.tsv").write_text("nonsense\nx\n", "utf-8")
    said = told("build", page, "-s", tmp_path / "store", "-q", "--rules", tmp_path / "own")
    assert "surnames.tsv" in said
    assert "nonsense" in said
    assert not (tmp_path / "store").exists()


# ---------------------------------------------------------------- query


def test_csv_is_csv(small_store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "posts", "-s", str(small_store), "--format", "csv"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"\r" not in done.stdout
    assert b"\x1b" not in done.stdout
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
    assert [(r["page"], r["person"]) for r in rows] == [("page", "崔世英")] * 2
    assert [r["title"] for r in rows] == sorted(r["title"] for r in rows)
    assert {r["title"] for r in rows} == {"二七区委常委", "二七区委宣传部部长"}


def test_chinese_comes_out_whole_in_any_locale(small_store: Path) -> None:
    done = run_kg(
        "query", "persons", "-s", small_store, "-f", "csv", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 0, done.stderr
    assert "崔世英" in done.stdout


def test_every_form_has_the_same_rows(small_store: Path) -> None:
    def ask(form: str) -> str:
        done = run_kg("query", "persons", "-s", small_store, "-f", form)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (row,) = csv.DictReader(io.StringIO(ask("csv")))
    header, line = ask("tsv").splitlines()
    assert dict(zip(header.split("\t"), line.split("\t"), strict=True)) == row
    data = json.loads(ask("json"))
    assert data["head"]["vars"] == list(row)
    (binding,) = data["results"]["bindings"]
    assert {k: v["value"] for k, v in binding.items()} == {k: v for k, v in row.items() if v}
    markdown = ask("md").splitlines()
    assert markdown[0] == "| " + " | ".join(row) + " |"
    assert markdown[2] == "| " + " | ".join(row.values()) + " |"
    table = ask("table")
    assert "崔世英" in table
    assert "\x1b" not in table


def test_a_query_comes_as_file_as_text_and_from_standard_input(small_store: Path, tmp_path: Path) -> None:
    text = 'SELECT ?name { ?p a kg:Person ; kg:kind "official" ; rdfs:label ?name }'
    (tmp_path / "own.rq").write_text(text, "utf-8")
    answers = [
        run_kg("query", tmp_path / "own.rq", "-s", small_store, "-f", "csv"),
        run_kg("query", text, "-s", small_store, "-f", "csv"),
        run_kg("query", "-", "-s", small_store, "-f", "csv", stdin=text),
    ]
    for answer in answers:
        assert (answer.returncode, answer.stdout) == (0, "name\n崔世英\n"), answer.stderr


def test_the_query_book_is_listed() -> None:
    done = run_kg("query", "--list", "--format", "csv")
    names = [row["name"] for row in csv.DictReader(io.StringIO(done.stdout))]
    assert {"articles", "bylines", "persons", "posts", "bodies", "places", "initiatives", "documents", "events"} <= {
        *names
    }
    assert {"participants", "event_places", "event_topics", "statements", "targets", "ties"} <= {*names}
    assert names == sorted(names)


def test_a_reader_who_has_seen_enough_is_no_error(seed_store: Path) -> None:
    command = f"{sys.executable} -m kg export -s {seed_store} -f nq | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


# ---------------------------------------------------------------- what was understood


def test_explain_a_sentence() -> None:
    done = run_kg("explain", "二七区委书记陈红民带队到淮河路街道调研。")
    assert done.returncode == 0, done.stderr
    assert "Tenure" in done.stdout
    assert "陈红民" in done.stdout
    assert "二七区委书记" in done.stdout


def test_explain_as_json_quotes_the_text(page: Path) -> None:
    done = run_kg("explain", page, "--format", "json")
    assert done.returncode == 0, done.stderr
    (article,) = json.loads(done.stdout)
    assert article["page"] == "page"
    assert article["headline"] == "二七区召开精神文明建设 暨创文工作推进会"
    tenures = [fact for fact in article["facts"] if fact["fact"] == "Tenure"]
    assert {(f["person"], f["title"]) for f in tenures} == {
        ("崔世英", "二七区委常委"),
        ("崔世英", "二七区委宣传部部长"),
    }
    for fact in tenures:
        assert fact["quote"] == article["text"][fact["evidence"]["start"] : fact["evidence"]["end"]]
        assert "崔世英" in fact["quote"]


def test_pages_shows_articles_with_their_lines(page: Path) -> None:
    done = run_kg("pages", page)
    assert done.returncode == 0, done.stderr
    assert "二七区召开精神文明建设 暨创文工作推进会" in done.stdout
    assert "lines 4–8" in done.stdout
    assert "张改华" in done.stdout
    assert "张雅青" in done.stdout
    (data,) = json.loads(run_kg("pages", page, "--format", "json").stdout)
    (article,) = data["articles"]
    assert [(b["person"], b["role"]) for b in article["bylines"]] == [
        ("张改华", "reporter"),
        ("张雅青", "correspondent"),
    ]
    (span,) = article["spans"]
    assert "".join(PAGE[slice(*span)].split()) == "".join(article["text"].split())


def test_misses_lists_rule_and_reason(seeds: Path) -> None:
    done = run_kg("misses", seeds, "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert all(row["words"] and row["rule"] and row["reason"] for row in rows)
    assert {row["page"] for row in rows} <= {path.stem for path in seeds.glob("*.txt")}


# ---------------------------------------------------------------- what leaves a store


@pytest.mark.parametrize("form", ["nq", "trig", "ttl", "nt", "jsonld", "graphml", "gexf"])
def test_export_to_a_file_is_export_to_standard_output(small_store: Path, tmp_path: Path, form: str) -> None:
    piped = run_kg("export", "-s", small_store, "-f", form)
    assert piped.returncode == 0, piped.stderr
    assert "崔世英" in piped.stdout
    out = tmp_path / f"graph.{form}"
    written = run_kg("export", "-s", small_store, "-f", form, "-o", out)
    assert (written.returncode, written.stdout) == (0, "")
    assert out.read_text("utf-8") == piped.stdout
    assert out.stat().st_mode & 0o444 == 0o444 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_export_csv_is_a_table_per_query(small_store: Path, tmp_path: Path) -> None:
    assert run_kg("export", "-s", small_store, "-f", "csv", "-o", tmp_path / "tables").returncode == 0
    made = {path.stem for path in (tmp_path / "tables").glob("*.csv")}
    assert made == {query.name for query in kg.named_queries()}
    assert "崔世英" in (tmp_path / "tables" / "posts.csv").read_text("utf-8")


def test_view_is_one_page_without_network(small_store: Path, tmp_path: Path) -> None:
    done = run_kg("view", "-s", small_store, "-o", tmp_path / "graph.html")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "graph.html").read_text("utf-8")
    assert "崔世英" in html
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", html)


def test_show_tells_posts_with_their_words(small_store: Path) -> None:
    done = run_kg("show", "崔世英", "-s", small_store)
    assert done.returncode == 0, done.stderr
    assert "二七区委宣传部部长" in done.stdout
    assert "2019-06-26" in done.stdout


def test_check_ends_0_on_a_sound_store(small_store: Path) -> None:
    done = run_kg("check", "-s", small_store)
    assert done.returncode == 0, done.stdout
    assert "0 violations" in done.stdout


def test_check_ends_1_when_it_finds_something(
    small_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.graph.check import Finding, Report

    found = Finding("violation", "quote", "the quote is not on the page", "引文不在版面上", page="page", quote="崔世英")
    monkeypatch.setattr(kg, "check", lambda store: Report((found,), {"facts": 1}), raising=False)
    assert main(["check", "-s", str(small_store)]) == 1
    said = capsys.readouterr().out
    assert "page: the quote is not on the page" in said
    assert "1 violations" in said


# ---------------------------------------------------------------- wrong input: one line, exit 2


def test_no_such_folder(told: Told, tmp_path: Path) -> None:
    said = told("build", tmp_path / "nowhere", "-s", tmp_path / "store")
    assert "nowhere" in said
    assert not (tmp_path / "store").exists()


def test_an_empty_folder(told: Told, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    assert "pages" in told("build", tmp_path / "pages", "-s", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_binary_file(told: Told, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    assert "picture.txt" in told("build", tmp_path / "picture.txt", "-s", tmp_path / "store", "-q")
    assert not (tmp_path / "store").exists()


def test_a_query_that_there_is_not_names_the_nearest(told: Told, small_store: Path) -> None:
    said = told("query", "partcipants", "-s", small_store)
    assert "partcipants" in said
    assert "participants" in said.replace("partcipants", "")


def test_broken_sparql_says_where(told: Told, small_store: Path) -> None:
    said = told("query", "SELECT ?x WHERE { ?x a kg:Person", "-s", small_store)
    assert "line 1" in said


def test_sparql_that_leaves_the_store_is_refused(told: Told, small_store: Path) -> None:
    assert "SERVICE" in told("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "-s", small_store)
    assert "INSERT" in told("query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "-s", small_store)


def test_a_store_that_is_none(told: Told, tmp_path: Path) -> None:
    assert "nowhere" in told("query", "posts", "-s", tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("dear", "utf-8")
    assert "no store" in told("query", "posts", "-s", tmp_path / "folder")
    assert "no store" in told("check", "-s", tmp_path / "folder")
    assert "no store" in told("show", "陈红民", "-s", tmp_path / "folder")


def test_a_folder_that_holds_something_else_is_left_alone(told: Told, page: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("dear", "utf-8")
    told("build", page, "-s", tmp_path / "folder", "-q")
    assert [p.name for p in (tmp_path / "folder").iterdir()] == ["letter.txt"]


def test_a_failed_build_leaves_the_old_store(told: Told, small_store: Path, tmp_path: Path) -> None:
    before = digest(small_store)
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 40)
    told("build", tmp_path / "bad.txt", "-s", small_store, "-q")
    assert digest(small_store) == before


def test_a_full_disk_is_one_line_and_leaves_the_old_store(small_store: Path, seeds: Path, tmp_path: Path) -> None:
    before = digest(small_store)
    done = run_kg("build", seeds, "-s", small_store, "-q", limit=200_000)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert str(small_store) in done.stderr
    assert digest(small_store) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_no_space_for_standard_output(small_store: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full to stand for a full disk")
    for command in ("query persons -f csv", "query persons", "export -f nq"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m kg {command} -s {small_store} > /dev/full"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert [line for line in done.stderr.splitlines() if line.startswith("kg: ")] == done.stderr.splitlines()[:1]
        assert len(done.stderr.splitlines()) == 1
        assert "no space left" in done.stderr.lower()


def test_what_the_system_refuses_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/archive/page.txt")

    monkeypatch.setattr(kg, "build", refuse, raising=False)
    assert main(["build", str(tmp_path), "-s", str(tmp_path / "store")]) == 2
    said = capsys.readouterr().err
    assert said == "kg: /archive/page.txt: Permission denied; choose a place that you may write to\n"


def test_export_to_a_place_that_is_not_there(told: Told, small_store: Path, tmp_path: Path) -> None:
    assert "nowhere" in told("export", "-s", small_store, "-f", "nq", "-o", tmp_path / "nowhere" / "graph.nq")
    assert "folder" in told("export", "-s", small_store, "-f", "nq", "-o", tmp_path)
    assert "--output" in told("export", "-s", small_store, "-f", "csv")


def test_nobody_of_that_name(told: Told, small_store: Path) -> None:
    assert "诸葛亮" in told("show", "诸葛亮", "-s", small_store)


def test_explain_of_a_file_that_is_not_there(told: Told) -> None:
    assert "nowhere.txt" in told("explain", "nowhere.txt")
    assert "empty" in told("explain", " ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["biuld"], "biuld"),
        (["build"], "PAGES"),
        (["build", "x"], "--store"),
        (["build", "x", "--store", "y", "--jobs", "many"], "--jobs"),
        (["build", "seeds", "--store", "y", "--jobs", "0"], "--jobs"),
        (["query", "posts"], "--store"),
        (["query"], "--list"),
        (["query", "posts", "--store", "y", "--format", "xls"], "xls"),
        (["build", "seeds", "--store", "y", "--published", "5 July"], "2019-07-05"),
        (["build", "seeds", "--store", "y", "--place", "鼓楼区"], "江苏省南京市鼓楼区"),
        (["build", "seeds", "--store", "y", "--base", "here"], "http"),
        (["show", "x"], "--store"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_is_one_clear_line(
    told: Told, arguments: list[str], named: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert named in told(*arguments)
    assert not (root / "y").exists()


# ---------------------------------------------------------------- small parts


def test_kg_alone_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "kg build seeds --store build/store" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"{kg.__version__}\n"


def test_a_name_cannot_steer_the_terminal() -> None:
    assert output.plain("陈红民\x1b[31m\x07") == "陈红民�[31m�"
    assert output.plain("一\n二\t三") == "一\n二\t三"
    assert output.one_line("one\n  two\x1b") == "one two�"


def test_a_tab_or_a_bar_in_a_value_stays_in_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_rows(("a", "b"), [("x\ty", "p|q\nr")], "tsv")
    assert capsys.readouterr().out == "a\tb\nx\\ty\tp|q\\nr\n"
    output.write_rows(("a", "b"), [("x\ty", "p|q\nr")], "md")
    assert capsys.readouterr().out == "| a | b |\n| --- | --- |\n| x y | p\\|q r |\n"
    output.write_rows(("a",), [("[red]",)], "table")
    assert "[red]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "levels", "code"),
    [
        ("河南省郑州市二七区", ("河南省", "郑州市", "二七区"), "410103"),
        ("郑州市二七区", ("河南省", "郑州市", "二七区"), "410103"),
        ("如皋市", ("江苏省", "南通市", "如皋市"), "320682"),
        ("北京市东城区", ("北京市", "东城区"), "110101"),
        ("河南省济源市", ("河南省", "济源市"), "419001"),
        ("新疆维吾尔自治区喀什地区", ("新疆维吾尔自治区", "喀什地区"), "653100"),
        ("河南省郑州市金水新区", ("河南省", "郑州市", "金水新区"), ""),
    ],
)
def test_a_place_in_full_or_in_part(text: str, levels: tuple[str, ...], code: str) -> None:
    found = place.jurisdiction(text)
    assert (found.levels, found.code, found.basis) == (levels, code, "given")


def test_a_place_that_is_several_or_none() -> None:
    with pytest.raises(KgError, match="河南省开封市鼓楼区"):
        place.jurisdiction("鼓楼区")
    with pytest.raises(KgError, match="河南省郑州市二七区"):
        place.jurisdiction("某地")
    assert place.context("", "").jurisdiction == Jurisdiction()
