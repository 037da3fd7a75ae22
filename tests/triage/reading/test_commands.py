import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from triage.reading.artefact import Origin, save
from webapp.commands.triage import PATH_VARIABLE, triage

KEYS = [
    "id",
    "kind",
    "topic",
    "topics",
    "urgent",
    "accuses_staff",
    "accused",
    "superior",
    "abstained",
    "route",
    "reasons",
]


@pytest.fixture(scope="module")
def path(small, tmp_path_factory):
    return save(small, tmp_path_factory.mktemp("commands") / "classifier.npz", Origin("2026-11-22", "abc", 335))


@pytest.fixture
def run(path, monkeypatch):
    monkeypatch.setenv(PATH_VARIABLE, str(path))
    return lambda *arguments, given=None: CliRunner().invoke(triage, list(map(str, arguments)), input=given)


def lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_one_decision_a_line_in_order(run):
    result = run("classify", given=lines({"id": "a", "text": "đường hỏng"}, {"id": 2, "text": ""}) + "\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == ["a", 2]
    assert all(list(row) == KEYS for row in rows)
    assert rows[1]["abstained"]
    assert rows[1]["route"] == "reception"


def test_a_roster_names_the_accused_and_the_superior_level(run, tmp_path):
    roster = tmp_path / "roster.json"
    roster.write_text(json.dumps({"commune": "Xã Nà Lốc", "staff": [
        {"id": "p1", "name": "Lò Văn Pánh", "title": "Chủ tịch UBND xã", "post": "chairperson"}
    ]}), "utf-8")  # fmt: skip
    result = run(
        "classify",
        "--roster",
        roster,
        given=lines({"id": 1, "text": "Tôi tố cáo ông chủ tịch xã nhận hối lộ 50 triệu"}),
    )
    row = json.loads(result.stdout)
    assert (row["accused"], row["superior"], row["route"]) == (["p1"], True, "superior")


@pytest.mark.parametrize(
    ("bad", "said"),
    [("{", "no JSON"), ("[1]", "an object"), ('{"id": 1}', '"text"'), ('{"text": "x"}', '"id"'),
     ("\x00\ufffd", "no JSON"), ('{"id": true, "text": "x"}', '"id"'), ("[" * 20_000, "no JSON")],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_good_ones_before_it_are_read(run, bad, said):
    result = run("classify", given=lines({"id": 1, "text": "rác"}) + bad + "\n")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1]
    assert "line 2" in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_lone_surrogates_and_a_mark_of_order_are_no_trouble(run):
    result = run("classify", given="\ufeff" + '{"id": "\\ud800", "text": "\\udfff rác"}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["kind"]


def test_misuse_exits_with_two(run, tmp_path):
    assert run("evaluate").exit_code == 2
    assert run("evaluate", "--cross-validate", __file__).exit_code == 2
    assert run("classify", "--roster", tmp_path / "nowhere.json").exit_code == 2
    assert run("forget").exit_code == 2


def test_a_bad_roster_is_one_sentence(run, tmp_path):
    roster = tmp_path / "roster.json"
    roster.write_text('{"staff": [{"id": "a"}]}', "utf-8")
    result = run("classify", "--roster", roster, given="")
    assert result.exit_code == 1
    assert "'name'" in result.stderr


def test_a_missing_classifier_says_what_to_do(run, monkeypatch, tmp_path):
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "nowhere.npz"))
    result = run("classify", given="")
    assert result.exit_code == 1
    assert "langnghe triage train" in result.stderr


def test_evaluate_prints_a_table_and_writes_json(run, tmp_path):
    rows = tmp_path / "some.jsonl"
    rows.write_text(lines({"id": 1, "text": "đường hỏng", "kinds": ["petition"], "topics": ["infrastructure"],
                           "urgent": [False], "accuses_staff": [True, False]}), "utf-8")  # fmt: skip
    result = run("evaluate", rows, "--json", tmp_path / "out.json")
    assert result.exit_code == 0, result.output
    assert "topic among three" in result.stdout
    content = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert content[str(rows)]["as_typed"]["kind"]["n"] == 1


def test_evaluate_takes_a_roster_for_entries_without_one(run, tmp_path):
    rows, roster = tmp_path / "some.jsonl", tmp_path / "roster.json"
    rows.write_text(lines({"id": 1, "text": "Ông chủ tịch xã nhận hối lộ 50 triệu", "kinds": ["denunciation"],
                           "topics": ["integrity"], "urgent": [False], "accuses_staff": [True], "accused": ["p1"],
                           "superior": True}), "utf-8")  # fmt: skip
    roster.write_text(json.dumps({"commune": "Xã Nà Lốc", "staff": [
        {"id": "p1", "name": "Lò Văn Pánh", "title": "Chủ tịch UBND xã", "post": "chairperson"},
    ]}), "utf-8")  # fmt: skip
    result = run("evaluate", rows, "--roster", roster, "--json", tmp_path / "out.json")
    assert result.exit_code == 0, result.output
    (report,) = json.loads((tmp_path / "out.json").read_text("utf-8")).values()
    assert report["as_typed"]["superior missed"]["n"] == 1
    assert report["as_typed"]["accused, recall"]["n"] == 1


def test_evaluate_names_a_bad_label(run, tmp_path):
    rows = tmp_path / "some.jsonl"
    rows.write_text(lines({"id": 1, "text": "x", "kinds": ["gossip"], "topics": ["fees"], "urgent": [False],
                           "accuses_staff": [False]}), "utf-8")  # fmt: skip
    result = run("evaluate", rows)
    assert result.exit_code == 1
    assert "line 1: unknown kind 'gossip'" in result.stderr


def test_train_writes_a_classifier_that_reads(run, corpus, tmp_path, monkeypatch):
    folder, out = tmp_path / "corpus", tmp_path / "new" / "classifier.npz"
    folder.mkdir()
    (folder / "some.jsonl").write_text("".join(_as_line(entry) for entry in corpus[::12]), "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    result = run("train", "--out", out, "--corpus", folder)
    assert result.exit_code == 0, result.output
    assert "cross-validation" in result.stderr
    monkeypatch.setenv(PATH_VARIABLE, str(out))
    assert run("classify", given=lines({"id": 1, "text": "rác chất đống"})).exit_code == 0


def _as_line(entry):
    return lines({"id": entry.id, "persona": entry.persona, "text": entry.text, "kinds": entry.kinds,
                  "topics": entry.topics, "urgent": entry.urgent, "accuses_staff": entry.accuses_staff})  # fmt: skip


def test_a_reader_that_goes_away_is_no_error(path):
    # What it would answer is more than a pipe holds: it must meet the closed end, not end before.
    given = lines(*({"id": n, "text": "đường hỏng " * 3} for n in range(400)))
    program = "from webapp.commands.triage import triage; triage(['classify'])"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {PATH_VARIABLE: str(path)}, encoding="utf-8",
    )  # fmt: skip
    process.stdout.close()
    process.stdout = None
    _, complaint = process.communicate(given, timeout=120)
    assert complaint == ""


def test_help_needs_no_scikit_learn():
    program = "import sys, webapp.commands.triage; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
