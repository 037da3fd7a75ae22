"""Sentences for people: message catalogues, and the Vietnamese way to write dates and numbers.

Source sentences are Vietnamese; other languages come as gettext catalogues under `translations/`.
"""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask

from vietnamese.calendar import local

SOURCE_LANGUAGE = "vi"
CATALOGUES = Path(__file__).parent / "translations"


def gettext(sentence: str) -> str:
    """The sentence in the language of the request (Vietnamese until others are added)."""
    return translations(SOURCE_LANGUAGE).gettext(sentence)


_ = gettext


def marked(sentence: str) -> str:
    """Mark a sentence for the catalogue where it is written; it is translated where it is shown."""
    return sentence


@lru_cache(maxsize=16)
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the source language needs none."""
    return Translations.load(CATALOGUES, [language])


def day(value: date) -> str:
    """05/10/2026."""
    return value.strftime("%d/%m/%Y")


def moment(value: datetime) -> str:
    """16:05 ngày 05/10/2026, on a Vietnamese clock."""
    return local(value).strftime("%H:%M ngày %d/%m/%Y")


def number(value: float | int) -> str:
    """1.234,5."""
    return str(format_decimal(value, locale="vi"))


def install(app: Flask) -> None:
    """Give templates the catalogue and the formats."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, n: gettext(one if n == 1 else many), newstyle=True
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters |= {"day": day, "moment": moment, "number": number}
