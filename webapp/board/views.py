"""Pages of the emulation board. A view parses, calls one verb, renders."""

from typing import Any

from flask import Response, abort, redirect, request, url_for

from models import Unit
from reports.dossier_cells import DOSSIER_HEADERS, dossier_counts, dossier_punctuality_words, participation_words
from reports.exports import Table, to_csv, to_xlsx
from reports.measures import enough, topic_share
from reports.summaries import (
    compare,
    comparison_notes,
    item_wordings,
    standing_words,
    summarise,
    table_of,
    units_under,
)
from reports.unit_figures import Comparison
from surveys.questions import LEVELS
from vietnamese.calendar import local_day
from vietnamese.text import fold, word_spans
from webapp.asked import Asked, read_asked
from webapp.auth import current_account, now
from webapp.board import board, pictures, words
from webapp.board.tables import unit_notes, unit_table
from webapp.board.witness import checkpoint_line, witnessed
from webapp.db import page, session

FILES = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@board.context_processor
def _say() -> dict[str, Any]:
    """What templates of the board speak with."""
    return {
        "enough": enough,
        "basis": words.basis,
        "version": words.version,
        "explained": words.explained,
        "standing_words": standing_words,
        "participation_words": participation_words,
        "dossier_words": dossier_punctuality_words,
        "MARKS": words.MARKS,
        "LEVELS": LEVELS,
        "typed": request.args.get("tim", ""),
        "made_at": now(),
        "checkpoint_line": checkpoint_line,
    }


@board.get("/")
def comparison() -> Any:
    """All communes beside each other; an account of one commune goes straight to its own."""
    asked = _asked()
    units = units_under(session(), current_account().unit, asked.period.last)
    if [unit.id for unit in units] == [current_account().unit_id]:
        return redirect(url_for("board.unit", unit_code=units[0].code, ky=asked.period.code))
    found = _found(units, asked)
    if asked.running:
        return page("board/running.html", asked=asked, comparison=found, unit=None)
    return page(
        "board/comparison.html",
        asked=asked,
        comparison=found,
        sentence=words.joint_sentence(found),
        standings=words.standings_sentence(found),
        sheets=pictures.ranking(found),
        notes=comparison_notes(),
    )


@board.get("/so-sanh.csv", defaults={"kind": "csv"})
@board.get("/so-sanh.xlsx", defaults={"kind": "xlsx"})
def comparison_file(kind: str) -> Any:
    """The table of the comparison as a file."""
    asked = _closed()
    found = _found(units_under(session(), current_account().unit, asked.period.last), asked)
    return _file(kind, table_of(found), f"so-sanh-{asked.period.code}")


@board.get("/<unit_code>")
def unit(unit_code: str) -> Any:
    """One commune: every figure with its doubt, in words, as a picture, as a table."""
    asked = _asked()
    chosen = _get_unit(unit_code, asked)
    if asked.running:
        found = compare(session(), [chosen], asked.period)
        return page("board/running.html", asked=asked, comparison=found, unit=chosen)
    summary, wordings = summarise(session(), chosen, asked.period), item_wordings(session())
    topics = words.topic_counts(summary.now)
    return page(
        "board/unit.html",
        asked=asked,
        unit=chosen,
        summary=summary,
        strata=words.stratum_ratings(summary.now),
        items=words.item_ratings(summary.now, wordings),
        topics=[(label, count, topic_share(count, summary.now.cases.received)) for label, count in topics],
        sentences=words.sentences(summary, wordings),
        dossiers=list(zip(DOSSIER_HEADERS, dossier_counts(summary.now.dossiers), strict=True)),
        pictures=pictures.of_unit(summary, wordings),
        notes=unit_notes(),
    )


@board.get("/<unit_code>/bang.csv", defaults={"kind": "csv"})
@board.get("/<unit_code>/bang.xlsx", defaults={"kind": "xlsx"})
def unit_file(unit_code: str, kind: str) -> Any:
    """Every figure of a commune's page as a file."""
    asked = _closed()
    chosen = _get_unit(unit_code, asked)
    table = unit_table(summarise(session(), chosen, asked.period), item_wordings(session()))
    name = "-".join(word for word, _start, _end in word_spans(fold(chosen.name)))
    return _file(kind, table, f"{name}-{asked.period.code}")


def _asked() -> Asked:
    """The period asked for; an address that names none of ours is not found."""
    asked = read_asked(request.args.get("ky", ""), local_day(now()))
    if asked is None:
        abort(404)
    return asked


def _closed() -> Asked:
    """A period that is over: figures of a running one leave no page and no file."""
    asked = _asked()
    if asked.running:
        abort(404)
    return asked


def _found(units: list[Unit], asked: Asked) -> Comparison:
    """The comparison, narrowed to names that hold what was typed (accents or not)."""
    typed = fold(request.args.get("tim", ""))
    shown = frozenset(unit.id for unit in units if typed in fold(unit.name)) if typed else None
    return compare(session(), units, asked.period, shown)


def _get_unit(unit_code: str, asked: Asked) -> Unit:
    """The commune of that code at the end of the period, or today's: one asked about before it existed."""
    for day in (asked.period.last, asked.today):
        for found in units_under(session(), current_account().unit, day):
            if found.code == unit_code:
                return found
    abort(404)


def _file(kind: str, table: Table, name: str) -> Response:
    write, media_type = FILES[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(write(witnessed(table)), content_type=media_type, headers=headers)
