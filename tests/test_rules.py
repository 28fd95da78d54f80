"""Rules as data: every rule file, the engine's errors, folding and tagging, and a user's own folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.rules
from kg import lexicon
from kg.errors import LexiconError, RuleError
from kg.extract import read_text
from kg.model import Mention, Reading, Tenure, Tie
from kg.rules import Rule, load_rules, tag
from kg.rules.engine import parse_rules
from kg.rules.fold import fold
from kg.rules.tagged import CODES, FIRST, PAIRS, codes

HERE = Path(__file__).parent
FOLDER = Path(kg.rules.__file__).parent
KINDS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
RULES = [rule for kind in KINDS for rule in load_rules(kind)]

# ---------------------------------------------------------------- every rule file


def test_there_are_rules_of_every_kind() -> None:
    assert {"date", "document", "event", "participation", "quantity", "statement", "target", "tenure", "tie"} <= set(
        KINDS
    )
    assert len(RULES) >= 180


def test_a_name_is_of_one_rule_in_all_files() -> None:
    seen: dict[str, str] = {}
    for rule in RULES:
        place = f"{rule.file}, line {rule.line}"
        assert rule.name not in seen, f"{place}: {rule.name} is taken by {seen[rule.name]}"
        seen[rule.name] = place


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_says_what_it_must(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.source.strip()
    assert len(rule.note) >= 6
    assert rule.examples
    assert rule.rejects
    assert all(isinstance(e["text"], str) and e["text"] for e in rule.examples)
    assert all(isinstance(text, str) and text for text in rule.rejects)
    assert not {str(e["text"]) for e in rule.examples} & set(rule.rejects)
    assert rule.file == f"{rule.kind}.yaml"
    lines = (FOLDER / rule.file).read_text("utf-8").splitlines()
    assert re.search(rf"name:\s*{re.escape(rule.name)}\b", lines[rule.line - 1])


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_words_that_a_rule_needs_can_be_in_what_it_matches(rule: Rule) -> None:
    """``needs`` spares a rule whose words do not occur: one that no example holds would silence the rule."""
    texts = [fold(str(e["text"])) for e in rule.examples]
    assert not rule.needs or all(any(word in text for word in rule.needs) for text in texts), rule.needs


def test_every_rule_file_is_read_by_somebody() -> None:
    """One sample page, read from bytes to facts in a fresh interpreter, opens every file of the folder."""
    program = (
        "import sys, json\n"
        "from kg.rules import engine\n"
        "seen, plain = set(), engine._read\n"
        "engine._read = lambda path: (seen.add(path.stem), plain(path))[1]\n"
        "import kg\n"
        "from pathlib import Path\n"
        "kg.explain(Path(sys.argv[1]))\n"
        "print(json.dumps(sorted(seen)))\n"
    )
    page = sorted((HERE.parent / "seeds").glob("*.txt"))[0]
    run = subprocess.run([sys.executable, "-c", program, str(page)], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_every_kind_are_tested_somewhere(kind: str) -> None:
    texts = [p.read_text("utf-8") for p in HERE.glob("test_*.py") if p.name != "test_rules.py" or kind == "tenure"]
    testers = [text for text in texts if f'"{kind}"' in text and "load_rules(" in text and ".rejects" in text]
    assert testers, f"no test runs the examples and rejects of {kind}.yaml"


@pytest.mark.parametrize("kind", KINDS)
def test_no_pattern_runs_away(kind: str) -> None:
    """20,000 characters of a pattern's own alphabet: a pattern that tries too much is stopped, and the test fails."""
    try:
        run = subprocess.run(
            [sys.executable, str(HERE / "rule_runs.py"), kind], capture_output=True, text=True, timeout=90, check=False
        )
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode().split()
        pytest.fail(f"{kind}.yaml: {said[-1] if said else 'the first rule'} does not come to an end")
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [rule.name for rule in load_rules(kind)]


def _repeats(parsed: object, inside: bool = False) -> Iterator[bool]:
    """For each endless repetition in a parsed pattern, whether it stands inside another."""
    from re import _constants as op  # type: ignore[attr-defined]

    for code, value in parsed:  # type: ignore[attr-defined]
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            endless = value[1] is op.MAXREPEAT
            if endless:
                yield inside
            yield from _repeats(value[2], inside or endless)
        elif code is op.SUBPATTERN:
            yield from _repeats(value[3], inside)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, inside)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(value[1], inside)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_no_endless_repetition_inside_another(rule: Rule) -> None:
    from re import _parser  # type: ignore[attr-defined]

    assert True not in _repeats(_parser.parse(rule.pattern.pattern))


# ---------------------------------------------------------------- tenure.yaml


def tenures(reading: Reading) -> list[str]:
    return sorted(f"{f.person}|{f.title}" for f in reading.facts if isinstance(f, Tenure))


@pytest.mark.parametrize("rule", list(load_rules("tenure")), ids=lambda r: r.name)
def test_tenure_examples(rule: Rule) -> None:
    for example in rule.examples:
        reading = read_text(str(example["text"]))
        found = {f"{f.person}|{f.title}" for f in reading.facts if isinstance(f, Tenure)}
        assert set(example["finds"]) <= found, example["text"]
        if example["finds"]:
            by = {
                f"{f.person}|{f.title}" for f in reading.facts if isinstance(f, Tenure) and f.evidence.rule == rule.name
            }
            assert set(example["finds"]) & by, (rule.name, example["text"])


@pytest.mark.parametrize("rule", list(load_rules("tenure")), ids=lambda r: r.name)
def test_tenure_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        by = {f.evidence.rule for f in read_text(text).facts if isinstance(f, Tenure)}
        assert rule.name not in by, text


# ---------------------------------------------------------------- errors

GOOD = """rules:
  - name: one
    pattern: "甲"
    note: a letter
    examples: [甲]
    rejects: [乙]
"""


def test_a_file_that_keeps_to_the_form() -> None:
    (rule,) = parse_rules("tie", GOOD, "own.yaml")
    assert (rule.name, rule.kind, rule.score, rule.line, rule.file) == ("one", "tie", 0.9, 2, "own.yaml")
    assert rule.examples == ({"text": "甲"},)
    assert rule.rejects == ("乙",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('    pattern: "甲"', '    pattern: "甲', ["own.yaml, line", "not YAML", "docs/rules.md"]),
        ("rules:", "rulez:", ["own.yaml, line 1", "expected a list under `rules:`"]),
        ("rules:\n", "", ["own.yaml, line 1", "expected a list under `rules:`"]),
        ("    note:", "    nots:", ["own.yaml, line 2", "unknown key `nots`", "a rule has", "note"]),
        ("    examples: [甲]\n", "", ["own.yaml, line 2", "rule one has no `examples`, add it"]),
        ("    rejects: [乙]\n", "", ["own.yaml, line 2", "rule one has no `rejects`, add it"]),
        ("    note: a letter\n", "", ["own.yaml, line 2", "rule one has no `note`, add it"]),
        ("name: one", "name: ''", ["own.yaml, line 2", "has no `name`, add it"]),
        ("[甲]", "甲", ["own.yaml, line 2", "`examples` must be a list", "examples: [甲]"]),
        ("[乙]", "乙", ["own.yaml, line 2", "`rejects` must be a list"]),
        ("[甲]", "[{finds: [甲]}]", ["own.yaml, line 2", "an example has no `text`"]),
        ('"甲"', '"<Persom>"', ["own.yaml, line 2", "rule one", "unknown mention kind <Persom>"]),
        ('"甲"', '"<Body:stret>"', ["own.yaml, line 2", "unknown mention kind <Body:stret>"]),
        ('"甲"', '"{spech-verbs}"', ["own.yaml, line 2", "no word list called spech-verbs", "speech-verbs"]),
        ('"甲"', '"{speech-verbs:nobody}"', ["own.yaml, line 2", "list speech-verbs has no word", "nobody"]),
        ('"甲"', '"{{nowhere}}"', ["own.yaml, line 2", "unknown piece {{nowhere}}", "none"]),
        ('"甲"', '"(甲"', ["own.yaml, line 2", "no regular expression"]),
        ('"甲"', '"甲.*乙"', ["own.yaml, line 2", "`.*` has no end", ".{0,40}"]),
        ('"甲"', '"甲.{3,}乙"', ["own.yaml, line 2", "`.{3,}` has no end"]),
        ("    note: a letter\n", "    note: a letter\n    score: high\n", ["own.yaml, line 2", "`score`", "high"]),
        ("    note: a letter\n", "    note: a letter\n    score: 2\n", ["own.yaml, line 2", "from 0 to 1"]),
        ("    note: a letter\n", "    note: a letter\n    result: lead\n", ["own.yaml, line 2", "`result`"]),
        ("    note: a letter\n", "    note: a letter\n    needs: 甲\n", ["own.yaml, line 2", "`needs` must be a list"]),
        ("rules:", "pieces: [a]\nrules:", ["own.yaml", "`pieces:`"]),
        ("  - name: one\n    pattern", "  - just words\n  - name: one\n    pattern", ["own.yaml, line", "expected a rule"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_line(old: str, new: str, says: list[str]) -> None:
    assert old in GOOD
    with pytest.raises(RuleError) as error:
        parse_rules("tie", GOOD.replace(old, new, 1), "own.yaml")
    message = str(error.value)
    assert "\n" not in message
    for words in says:
        assert words in message, message


def test_a_star_that_is_no_repetition_passes() -> None:
    for pattern in (r"甲\.*", r"甲[.*]{2}", "甲[^。]{0,9}"):
        (rule,) = parse_rules("tie", GOOD.replace('"甲"', f"'{pattern}'"), "own.yaml")
        assert rule.pattern.pattern == pattern


def test_the_second_rule_is_told_by_its_own_line() -> None:
    text = GOOD + GOOD.removeprefix("rules:\n").replace("one", "two").replace("    note: a letter\n", "")
    with pytest.raises(RuleError, match=r"own\.yaml, line 7: rule two has no `note`"):
        parse_rules("tie", text, "own.yaml")


def own(folder: Path, kind: str, text: str) -> Path:
    """A user's folder with one rule file."""
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / f"{kind}.yaml").write_text(text, "utf-8")
    return folder


def test_a_name_taken_by_the_package_is_told_with_both_places(tmp_path: Path) -> None:
    folder = own(tmp_path, "tenure", GOOD.replace("one", "named-to-post"))
    with pytest.raises(RuleError) as error:
        load_rules("tenure", folder)
    assert "the name named-to-post is taken by" in str(error.value)
    assert f"{folder / 'rules' / 'tenure.yaml'}, line 2" in str(error.value)
    assert "tenure.yaml, line" in str(error.value)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    own(tmp_path, "tenure", GOOD)
    (tmp_path / "rules" / "tenure.yaml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(RuleError, match=r"tenure\.yaml: not UTF-8 at byte \d+; save the file as UTF-8"):
        load_rules("tenure", tmp_path)


# ---------------------------------------------------------------- a folder of one's own

PAIRED = """rules:
  - name: helped-by-pairing
    pattern: "(?P<a><Body>)(?P<verb>(?:对口|结对)(?:帮扶|支援))(?P<b><Body>)"
    result: {predicate: partner}
    score: 0.85
    note: one body is paired with another to help it
    examples:
      - {text: 梁溪区教育局对口帮扶延川县教育局。, finds: [梁溪区教育局|partner|延川县教育局]}
    rejects: [梁溪区教育局与延川县教育局的干部座谈。]
"""
SENTENCE = "5月6日，梁溪区教育局对口帮扶延川县教育局，双方互派教师30名。"


def ties(reading: Reading) -> list[str]:
    return ["|".join(f.row()) for f in reading.facts if isinstance(f, Tie)]


def test_a_rule_of_ones_own_adds_a_fact(tmp_path: Path) -> None:
    folder = own(tmp_path, "tie", PAIRED)
    assert ties(read_text(SENTENCE)) == []
    reading = read_text(SENTENCE, extra=folder)
    assert ties(reading) == ["梁溪区教育局|partner|延川县教育局"]
    (tie,) = [f for f in reading.facts if isinstance(f, Tie)]
    assert (tie.evidence.rule, tie.evidence.score) == ("helped-by-pairing", 0.85)
    assert SENTENCE[tie.evidence.start : tie.evidence.end] == "梁溪区教育局对口帮扶延川县教育局"


def test_rules_of_ones_own_are_tried_first(tmp_path: Path) -> None:
    rules = list(load_rules("tie", own(tmp_path, "tie", PAIRED)))
    assert rules[0].name == "helped-by-pairing"
    assert [r.name for r in rules[1:]] == [r.name for r in load_rules("tie")]


def test_a_word_of_ones_own_adds_a_post(tmp_path: Path) -> None:
    text = "6月3日，双沟镇首席河务官李国强到会。"
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "roles.tsv").write_text("role\tsystem\tbody\n首席河务官\tgovernment\town\n", "utf-8")
    assert tenures(read_text(text)) == []
    assert tenures(read_text(text, extra=tmp_path)) == ["李国强|双沟镇首席河务官"]


def test_a_row_with_a_known_key_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "roles.tsv").write_text(
        "role\tsystem\tbody\tsingle\n副县长\tgovernment\tarea\tyes\n", "utf-8"
    )
    text = "副县长孙丽、周涛参加。"
    assert tenures(read_text(text)) == ["周涛|县副县长", "孙丽|县副县长"]
    assert tenures(read_text(text, extra=tmp_path)) == ["孙丽|县副县长"]


def test_a_word_list_with_an_unknown_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "roles.tsv").write_text("role\tsistem\n首席河务官\tgovernment\n", "utf-8")
    with pytest.raises(LexiconError, match="unknown column sistem; roles has role, system"):
        read_text("县长李国强到会。", extra=tmp_path)


# ---------------------------------------------------------------- folding and tagging


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("6月26日,县委", "6月26日，县委"),
        ("５Ｇ基站８０００个", "5G基站8000个"),
        ("投资8,000万元", "投资8,000万元"),
        ("10:30开会:请准时", "10:30开会：请准时"),
        ('"路长制"与"河长制"', "“路长制”与“河长制”"),
        ("「两山」理念", "“两山”理念"),
        ("阿力木•卡德尔", "阿力木·卡德尔"),
        ("（试行)", "（试行）"),
        ("〔2021〕5号", "（2021）5号"),
        ("增长12％", "增长12%"),
    ],
)
def test_folding(printed: str, read: str) -> None:
    assert fold(printed) == read
    assert len(fold(printed)) == len(printed)
    assert fold(read) == read


def test_a_quote_left_open_ends_with_its_paragraph() -> None:
    assert fold('"路长制\n"河长制"') == "“路长制\n“河长制”"


def test_every_kind_and_subkind_has_a_character_of_its_own() -> None:
    assert len(set(CODES.values())) == len(CODES) == len(PAIRS)
    assert all(FIRST <= ord(c) <= 0xF8FF for c in CODES.values())
    assert PAIRS[CODES["body", "street"]] == ("body", "street")
    assert codes("body", ("street", "party")) == CODES["body", "street"] + CODES["body", "party"]
    assert set(codes("person")) == {c for (kind, _), c in CODES.items() if kind == "person"}
    with pytest.raises(KeyError):
        codes("persom")


def _mention(text: str, kind: str, name: str, sub: str = "") -> Mention:
    at = text.index(name)
    return Mention(kind, at, at + len(name), name, name, "test", sub)  # type: ignore[arg-type]


def test_tagged_text_leads_back_to_the_article() -> None:
    text = "县委书记陈刚带队到青山街道调研。"
    mentions = [
        _mention(text, "post", "县委书记"),
        _mention(text, "person", "陈刚"),
        _mention(text, "body", "青山街道", "street"),
    ]
    tagged = tag(text, mentions)
    post, person, street = CODES["post", ""], CODES["person", ""], CODES["body", "street"]
    assert tagged.text == f"{post}{person}带队到{street}调研。"
    at = tagged.text.index(street)
    assert text[slice(*tagged.article(at, at + 1))] == "青山街道"
    assert text[slice(*tagged.article(0, len(tagged.text)))] == text
    assert [m.name for m in tagged.inside(0, 2)] == ["县委书记", "陈刚"]
    assert [tagged.at(i) for i in (0, 3, 4, 6)] == [0, 0, 1, 2]


def test_of_mentions_that_overlap_the_first_stands() -> None:
    text = "县委书记陈刚"
    tagged = tag(text, [_mention(text, "post", "县委书记"), _mention(text, "body", "县委")])
    assert tagged.text == CODES["post", ""] + "陈刚"


def test_a_mention_of_an_unknown_subkind_counts_as_its_kind() -> None:
    text = "青山街道"
    assert tag(text, [_mention(text, "body", text, "galaxy")]).text == CODES["body", ""]


def test_a_pattern_is_built_from_kinds_lists_and_pieces() -> None:
    text = GOOD.replace("rules:", "pieces:\n  went: '带队|率队'\nrules:", 1).replace(
        '"甲"', '"(?P<who><Person>)(?P<how>{{went}})?到(?P<where><Body:street|community>)"'
    )
    (rule,) = parse_rules("tie", text, "own.yaml")
    line = "陈刚带队到青山街道，李强到县医院"
    mentions = [
        _mention(line, "person", "陈刚"),
        _mention(line, "body", "青山街道", "street"),
        _mention(line, "person", "李强"),
        _mention(line, "body", "县医院", "other"),
    ]
    (found,) = kg.rules.RuleSet("tie", (rule,)).find(tag(line, mentions))
    assert (line[found.start : found.end], found.has("how"), found.has("nothing")) == (
        "陈刚带队到青山街道",
        True,
        False,
    )
    assert line[slice(*found.span("how"))] == "带队"
    who, where = found.mention("who"), found.mention("where")
    assert (who and who.name, where and where.name) == ("陈刚", "青山街道")
    assert found.mentions("nothing") == []


def test_the_longest_word_of_a_list_wins(tmp_path: Path) -> None:
    (rule,) = parse_rules("tie", GOOD.replace('"甲"', '"{speech-verbs}"'), "own.yaml")
    words = list(lexicon.load("speech-verbs").words())
    assert {"强调", "强调说"} <= set(words)
    for word in words:
        found = rule.pattern.match(f"{word}，")
        assert found and found[0] == word
