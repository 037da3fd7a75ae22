"""The design keeps what it promises: contrast, one place for colours, a light first visit, words beside every shape."""

import gzip
import re
from pathlib import Path

import pytest
from flask import render_template_string

from reports.svg import ACCENT
from tests.fixtures.officers import HOLE, ROAD, open_entry
from tests.fixtures.world import START, World
from triage.casework.clocks import latest_answer_due
from vietnamese.calendar import due_after_working_days
from webapp.citizen.look import CLOCKS, STATES
from webapp.colours import PAIRS, contrast, read_colours, weakest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "webapp" / "static"
BASE, WORK = ((STATIC / name).read_text(encoding="utf-8") for name in ("base.css", "work.css"))
LIGHT, DARK = read_colours(BASE)
FIRST_VISIT = 9_000
"""Bytes, compressed; the first round trip of a connection takes 14 kB."""
SHEETS = {"base.css": BASE, "work.css": WORK, "look.css": (STATIC / "look.css").read_text(encoding="utf-8")}


def _rules(sheet: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)


def _block(sheet: str, opening: str) -> str:
    """What stands between the braces of the rule that opens so."""
    start = sheet.index(opening) + len(opening)
    depth = 1
    for at, letter in enumerate(sheet[start:], start):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth:
            return sheet[start:at]
    raise AssertionError(f"{opening} is never closed")


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.colour} on {pair.ground}")
def test_every_pair_keeps_its_contrast(pair, tokens: dict[str, str]) -> None:
    assert contrast(tokens[pair.colour], tokens[pair.ground]) >= pair.least


def test_every_colour_but_grounds_is_measured() -> None:
    grounds = {"ground", "panel", "tint", "bad-tint", "warn-tint", "good-tint", "line"}
    unmeasured = {token for token in LIGHT if weakest(token, LIGHT) is None}
    assert unmeasured <= grounds
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("name", ["base.css", "work.css"])
def test_colours_are_named_once(name: str) -> None:
    rules = _rules(SHEETS[name])
    for opening in (":root {", "@media (prefers-color-scheme: dark) {", "@media print {"):
        rules = rules.replace(_block(rules, opening), "") if opening in rules else rules
    # A QR symbol is black on white by night too, or no camera reads it.
    assert set(re.findall(r"[^;{}]*#[0-9a-f]{3,6}\b", rules)) <= {" background: #fff"}


def test_drawings_are_filled_with_the_accent_of_the_pages() -> None:
    # Reports know no style sheet, and files that leave the house carry none.
    assert LIGHT["accent"] == ACCENT
    for name in ("board.css", "look.css"):
        by_night = _block((STATIC / name).read_text(encoding="utf-8"), "(prefers-color-scheme: dark) {")
        assert '[fill^="#"] { fill: var(--accent) }' in by_night
        assert '[stroke^="#"] { stroke: var(--accent) }' in by_night


def test_paper_is_black_on_white_whatever_the_screen_was() -> None:
    declared = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3})", _block(_rules(BASE), "@media print {")))
    assert declared.keys() == LIGHT.keys()
    assert {value for name, value in declared.items() if name != "line"} == {"#000", "#fff"}


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_token_used_is_declared(name: str) -> None:
    declared = set(re.findall(r"--([a-z0-9-]+):", BASE + SHEETS[name]))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", SHEETS[name])) <= declared


def test_the_document_names_every_token() -> None:
    said = (ROOT / "docs" / "look.md").read_text(encoding="utf-8")
    for token in set(re.findall(r"--([a-z0-9-]+):", _block(BASE, ":root {"))):
        assert f"--{token}" in said or re.fullmatch(r"s\d", token), token


@pytest.mark.parametrize("asked", ["prefers-reduced-motion", "prefers-color-scheme: dark", "forced-colors: active"])
def test_what_a_person_set_is_respected(asked: str) -> None:
    assert asked in BASE


def test_nothing_moves_outside_the_permission_to_move() -> None:
    rules = _rules(BASE)
    allowed = _block(rules, "@media (prefers-reduced-motion: no-preference) {")
    assert "transition" in allowed
    for sheet in (rules.replace(allowed, ""), _rules(WORK), _rules(SHEETS["look.css"])):
        assert not re.search(r"transition|animation|scroll-behavior", sheet)


def test_first_visit_stays_light(world: World) -> None:
    css = len(gzip.compress(world.client().get("/static/base.css").get_data()))
    for code in (world.survey_code, world.box_code):
        assert len(gzip.compress(world.client().get(f"/q/{code}").get_data())) + css <= FIRST_VISIT


def test_each_state_has_a_shape_of_its_own_and_words(world: World) -> None:
    shown = "{% import 'macros/marks.html' as m %}{{ m.clock(name, 'lời') if clock else m.state(name, 'lời') }}"
    with world.app.test_request_context():
        drawn = [render_template_string(shown, name=name, clock=True) for name, *_ in CLOCKS]
        drawn += [render_template_string(shown, name=name, clock=False) for name, *_ in STATES]
    shapes = [tuple(re.findall(r'(?:d|r)="([^"]+)"', mark)) for mark in drawn]
    assert all(shapes)
    assert len(set(shapes)) == len(drawn)
    assert all("lời" in mark and 'aria-hidden="true"' in mark for mark in drawn)


def test_the_page_shows_measured_contrast_and_no_data(world: World) -> None:
    before = world.client().get("/giao-dien")
    assert before.status_code == 200
    html = before.get_data(as_text=True)
    for token in ("ink", "accent", "edge"):
        for tokens in (LIGHT, DARK):
            least, _on = weakest(token, tokens) or (0, "")
            assert tokens[token] in html
            assert f"{least:.1f}".replace(".", ",") in html
    assert "<script" not in html
    open_entry(world, HOLE, ROAD)
    assert world.client().get("/giao-dien").get_data(as_text=True) == html


def test_the_promise_covers_whatever_a_text_turns_out_to_be(world: World) -> None:
    assert latest_answer_due(START) == due_after_working_days(START, 15), "the receipt says 15 ngày làm việc"
    data = {"submission_id": "7f1b9f5e-6f0e-4c0e-9b51-2a2f7a1f8f10", "comment": HOLE}
    html = world.client().post(f"/q/{world.box_code}", data=data).get_data(as_text=True)
    # Fifteen working days after Monday 5 October 2026.
    assert "26/10/2026" in html
    assert HOLE in html, "what was received can be read again"


def test_a_case_says_its_next_act_first(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    html = world.client("economy_department_head").get(opened.page).get_data(as_text=True)
    said = html.index("Việc tiếp theo:")
    assert said < html.index("Người dân viết")
    target = re.search(r'href="#([a-z]+)"', html[said:])
    assert target
    assert f'id="{target[1]}"' in html
