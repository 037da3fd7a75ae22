"""Figures about dossiers as cells of a table, the same in every file. Pure.

Where no dossier was imported the cells hold words or nothing, never 0.
"""

from reports.exports import Cell, measure_cells
from reports.sentences import NO_DOSSIERS_WORDS, no_participation_words
from reports.unit_figures import Dossiers, PeriodFigures

DOSSIER_HEADERS = ("Hồ sơ đã nhận", "Xong trước hẹn", "Xong đúng hẹn", "Xong trễ hẹn", "Hồ sơ đang giải quyết")
FEW_DOSSIERS = "chưa đủ hồ sơ"


def participation_words(figures: PeriodFigures) -> str:
    """Why no participation is told, in words; empty where it is."""
    return "" if figures.no_participation is None else no_participation_words(figures.no_participation)


def dossier_punctuality_words(dossiers: Dossiers) -> str:
    """Why is not told how dossiers ended, in words; empty where it is."""
    if not dossiers.counts.received:
        return NO_DOSSIERS_WORDS
    return "" if dossiers.told else FEW_DOSSIERS


def participation_cells(figures: PeriodFigures) -> tuple[Cell, ...]:
    """Participation under ``MEASURE_HEADERS``; n is the number of dossiers."""
    cells = measure_cells(figures.participation, participation_words(figures))
    return _without_n(cells) if not figures.dossiers.counts.received else cells


def dossier_punctuality_cells(dossiers: Dossiers) -> tuple[Cell, ...]:
    """Share of dossiers that were not late under ``MEASURE_HEADERS``; n is the number of finished ones."""
    cells = measure_cells(dossiers.punctuality, dossier_punctuality_words(dossiers))
    return _without_n(cells) if not dossiers.counts.received else cells


def dossier_counts(dossiers: Dossiers) -> tuple[int | None, ...]:
    """The counts under ``DOSSIER_HEADERS``; how dossiers ended only where it may be told."""
    counts = dossiers.counts
    if not counts.received:
        return (None,) * len(DOSSIER_HEADERS)
    ended = (counts.early, counts.on_time, counts.late) if dossiers.told else (None, None, None)
    return (counts.received, *ended, counts.open)


def _without_n(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    value, low, high, _n, _blank, _not_applicable, formula = cells
    return (value, low, high, None, None, None, formula)
