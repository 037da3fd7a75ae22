"""The table of terms says what the law says, dated; a table with a hole or a contradiction is refused."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from triage.casework import terms
from triage.casework.terms import BadTerms, Clock, NoTerm, TooManyExtensions, read_terms, standard_terms
from triage.reading.labels import KIND_IDS
from vietnamese.calendar import Unit

TODAY = date(2026, 10, 5)
TEXT = Path(terms.__file__).with_name("terms.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("clock", "kind", "figures", "remote", "unit"),
    [
        # What each extension more gives, as the articles say.
        ("intake", "petition", [10], [10], "working_days"),  # Law 42/2013 Art. 28(1)
        ("intake", "complaint", [10], [10], "calendar_days"),  # Law 02/2011 Art. 27
        ("intake", "denunciation", [7, 10], [7, 10], "working_days"),  # Law 25/2018 Art. 24(1)
        ("forward", "petition", [5], [5], "working_days"),  # Decree 20/2008 Art. 9
        ("forward", "denunciation", [5], [5], "working_days"),  # Law 25/2018 Art. 24(2)
        ("decide", "complaint", [30, 45], [45, 60], "calendar_days"),  # Law 02/2011 Art. 28
        ("decide", "denunciation", [30, 60, 90], [30, 60, 90], "calendar_days"),  # Law 25/2018 Art. 30
    ],
)
@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 7, 1), TODAY])
def test_the_figures_of_the_law(
    clock: str, kind: str, figures: list[int], remote: list[int], unit: str, day: date
) -> None:
    row = standard_terms().row(Clock(clock), kind, day)
    times = range(row.extensions + 1)
    assert [row.term(extensions=n).amount for n in times] == figures
    assert [row.term(remote=True, extensions=n).amount for n in times] == remote
    assert row.term().unit == row.unit == Unit(unit)
    for refused in (len(figures), -1):
        with pytest.raises(TooManyExtensions, match=f"{clock} {kind}"):
            row.term(extensions=refused)


@pytest.mark.parametrize(
    ("kind", "amount", "unit"),
    [
        ("urgent", 1, "hours"), ("petition", 15, "working_days"), ("complaint", 10, "calendar_days"),
        ("denunciation", 5, "working_days"), ("praise", 5, "working_days"), ("suggestion", 5, "working_days"),
        ("question", 5, "working_days"), ("other", 5, "working_days"),
    ],
)  # fmt: skip
def test_terms_of_ours_say_so_and_ask_to_be_verified(kind: str, amount: int, unit: str) -> None:
    row = standard_terms().row(Clock.ANSWER, kind, TODAY)
    assert (row.amount, row.unit, row.verify) == (amount, unit, True)
    assert row.source.startswith("default ours")


def test_every_kind_is_answered_and_no_row_is_of_an_unknown_kind() -> None:
    assert set(standard_terms().kinds(Clock.ANSWER)) == {*KIND_IDS, "urgent"}
    assert {row.kind for row in standard_terms().rows} == {*KIND_IDS, "urgent"}


def test_what_law_136_of_2025_may_have_changed_is_marked_from_its_day_on() -> None:
    amended = [row for row in standard_terms().rows if "136/2025" in row.source]
    assert len(amended) == 6
    for row in amended:
        before = standard_terms().row(row.clock, row.kind, date(2026, 6, 30))
        assert (before.verify, row.verify, row.valid_from) == (False, True, date(2026, 7, 1))
        assert standard_terms().row(row.clock, row.kind, date(2026, 7, 1)) is row


def test_what_no_row_gives_is_told() -> None:
    with pytest.raises(NoTerm, match="decide praise received on 2026-10-05"):
        standard_terms().row(Clock.DECIDE, "praise", TODAY)
    with pytest.raises(NoTerm, match="2011-01-01"):
        standard_terms().row(Clock.DECIDE, "complaint", date(2011, 1, 1))


ROW = {"clock": "answer", "kind": "petition", "amount": 15, "unit": "working_days", "valid_from": date(2020, 1, 1),
       "source": "Law 1", "verify": True}  # fmt: skip
STEPS: dict[str, object] = {"ordinary": [{"step": "due", "to": "handler", "offset": 0}], "urgent": []}


def _text(*rows: dict[str, object], reminders: object = STEPS) -> str:
    return yaml.safe_dump({"terms": [ROW | row for row in rows], "reminders": reminders})


def test_rows_may_follow_one_another_in_any_order() -> None:
    later = {"valid_from": date(2026, 7, 1), "amount": 12}
    table = read_terms(_text(later, {"valid_to": date(2026, 6, 30)}, {"clock": "intake"}, {"kind": "other"}))
    found = [table.row(Clock.ANSWER, "petition", day).amount for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert found == [15, 12]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{}, {"valid_from": date(2026, 7, 1)}], "answer petition from 2020-01-01 and .* from 2026-07-01 overlap"),
        ([{"valid_to": date(2026, 7, 1)}, {"valid_from": date(2026, 7, 1)}], "overlap"),
        ([{}, {}], "overlap"),
        ([{"valid_to": date(2026, 6, 29)}, {"valid_from": date(2026, 7, 1)}], "no row between .* ends on 2026-06-29"),
        ([{"valid_to": date(2026, 6, 30)}], "no row after .* ends on 2026-06-30"),
        ([{"valid_to": date(2019, 12, 31)}], "before it begins"),
        ([{"clock": "lunch"}], "lunch"),
        ([{"unit": "weeks"}], "weeks"),
        ([{"unit": 3}], "3"),
        ([{"amount": 0}], "amounts begin at 1"),
        ([{"amount": True}], "True is no int"),
        ([{"amount": "15"}], "'15' is no int"),
        ([{"amount": None}], "None is no int"),
        ([{"remote": 0}], "amounts begin at 1"),
        ([{"extension": {"times": 0, "amount": 5}}], "amounts begin at 1"),
        ([{"extension": {"times": 1}}], "amount"),
        ([{"extension": 5}], "a mapping is expected"),
        ([{"source": " "}], "where is it from"),
        ([{"verify": "no"}], "'no' is no bool"),
        ([{"valid_from": "soon"}], "'soon' is no date"),
        ([{"days": 5}], "unknown days"),
    ],
)
def test_a_wrong_row_is_named(rows: list[dict[str, object]], said: str) -> None:
    with pytest.raises(BadTerms, match=said):
        read_terms(_text(*rows))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("terms: [", "not YAML"),
        ("", "terms and reminders are expected"),
        ("terms: []", "terms and reminders are expected"),
        ("terms: {}\nreminders: {}", "terms: a list is expected"),
        ("terms: [3]\nreminders: {}", "a mapping is expected, not 3"),
        ("terms: [{clock: answer}]\nreminders: {}", "kind"),
        (_text(reminders={"ordinary": []}), "ordinary and urgent"),
        (_text(reminders=[]), "ordinary and urgent"),
        (_text(reminders=STEPS | {"urgent": STEPS["ordinary"] * 2}), "urgent: a step stands twice"),  # type: ignore[operator]
        (_text(reminders=STEPS | {"urgent": [{"step": "due", "to": "police", "offset": 0}]}), "police"),
    ],
)
def test_a_wrong_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadTerms, match=said):
        read_terms(text)


def test_the_file_itself_is_read() -> None:
    assert read_terms(TEXT) == standard_terms()
    with pytest.raises(BadTerms, match="answer praise"):
        read_terms(TEXT.replace("kind: suggestion", "kind: praise"))
