"""Pages of the emulation board. A view parses, calls one verb, renders."""

from typing import Any

from flask import Response, abort, redirect, request, url_for

from models import Unit
from reports.exports import Table, to_csv, to_xlsx
from reports.measures import FORMULAS, TOPIC_SHARE, enough, topic_share
from reports.sentences import (
    basis_sentence,
    mean_score_sentence,
    participation_sentence,
    punctuality_sentence,
    satisfaction_sentence,
    topics_sentence,
)
from reports.summaries import (
    compare,
    comparison_notes,
    item_wordings,
    standing_words,
    summarise,
    table_of,
    units_under,
)
from reports.unit_figures import Comparison, UnitSummary
from surveys.questions import LEVELS
from vietnamese.calendar import local_day
from vietnamese.text import fold
from webapp.auth import current_account, now
from webapp.board import board, pictures, words
from webapp.board.asked import Asked, read_asked
from webapp.board.tables import unit_table
from webapp.db import page, session

FILES = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@board.context_processor
def _say() -> dict[str, Any]:
    """What templates of the board speak with."""
    return {
        "enough": enough, "basis": basis_sentence, "standing_words": standing_words, "MARKS": words.MARKS,
        "satisfaction_sentence": satisfaction_sentence, "mean_score_sentence": mean_score_sentence,
        "punctuality_sentence": punctuality_sentence, "participation_sentence": participation_sentence,
        "topics_sentence": topics_sentence, "made_at": now(),
    }  # fmt: skip


@board.get("/")
def comparison() -> Any:
    """All communes beside each other; an account of one commune goes straight to its own."""
    asked, units = _asked(), None
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
        sentence=words.standings_sentence(found),
        sheets=pictures.ranking(found),
        notes=comparison_notes(),
    )


@board.get("/bang.<any(csv, xlsx):kind>")
def comparison_file(kind: str) -> Any:
    """The table of the comparison as a file."""
    asked = _closed()
    found = _found(units_under(session(), current_account().unit, asked.period.last), asked)
    return _file(kind, table_of(found), f"so-sanh-{asked.period.code}")


@board.get("/<string(length=5):unit_code>")
def unit(unit_code: str) -> Any:
    """One commune: every figure with its doubt, in words, as a picture, as a table."""
    asked = _asked()
    chosen = _get_unit(unit_code, asked)
    if asked.running:
        found = compare(session(), [chosen], asked.period)
        return page("board/running.html", asked=asked, comparison=found, unit=chosen)
    return page("board/unit.html", asked=asked, unit=chosen, **_shown(summarise(session(), chosen, asked.period)))


@board.get("/<string(length=5):unit_code>/bang.<any(csv, xlsx):kind>")
def unit_file(unit_code: str, kind: str) -> Any:
    """Every figure of a commune's page as a file."""
    asked = _closed()
    chosen = _get_unit(unit_code, asked)
    table = unit_table(summarise(session(), chosen, asked.period), item_wordings(session()))
    return _file(kind, table, f"{fold(chosen.name).replace(' ', '-')}-{asked.period.code}")


def _shown(summary: UnitSummary) -> dict[str, Any]:
    now_, wordings = summary.now, item_wordings(session())
    strata, items = words.stratum_ratings(now_), words.item_ratings(now_, wordings)
    topics = words.topic_counts(now_)
    total = sum(count for _label, count in topics)
    return {
        "summary": summary,
        "now": now_,
        "strata": strata,
        "strata_sentence": words.strata_sentence(now_),
        "items": items,
        "items_sentence": words.items_sentence(items),
        "topics": [(label, count, topic_share(count, total)) for label, count in topics],
        "topic_counts": topics,
        "levels": LEVELS,
        "formulas": FORMULAS,
        "TOPIC_SHARE": TOPIC_SHARE,
        "pictures": {
            "trend": pictures.satisfaction_trend(summary),
            "strata": pictures.ratings_beside(words.STRATA_TITLE, strata),
            "items": pictures.ratings_beside(words.ITEMS_TITLE, items),
            "topics": pictures.topics(topics),
            "punctuality": pictures.punctuality_trend(summary),
        },
    }


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
    for found in units_under(session(), current_account().unit, asked.period.last):
        if found.code == unit_code:
            return found
    abort(404)


def _file(kind: str, table: Table, name: str) -> Response:
    write, media_type = FILES[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(write(table), content_type=media_type, headers=headers)
