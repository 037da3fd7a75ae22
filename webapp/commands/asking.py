"""Questions at a terminal: a wrong answer is explained and asked again, nothing is stored meanwhile."""

from collections.abc import Callable
from typing import TypeVar

import click

from vietnamese.text import fold, nfc

T = TypeVar("T")


class Wrong(Exception):
    """An answer that cannot be used; the message says why and shows a good one."""


class Stop(click.ClickException):
    """Setting up cannot go on; the message says why and what to do."""

    def format_message(self) -> str:
        """In the language of the questions."""
        return f"Chưa làm được: {self.message}"


def ask(question: str, read: Callable[[str], T], default: str = "") -> T:
    """Ask until `read` takes the answer; Enter answers with `default`."""
    shown = f"{question} [{default}]" if default else question
    while True:
        typed = click.prompt(shown, default=default, show_default=False, prompt_suffix=": ")
        try:
            return read(" ".join(nfc(str(typed)).split()))
        except Wrong as problem:
            click.echo(f"  ! {problem}")


def agree(question: str, default: bool = True) -> bool:
    """A yes or no: c(ó) or k(hông); Enter answers with `default`."""

    def read(typed: str) -> bool:
        word = fold(typed)
        if word not in _YES and word not in _NO:
            raise Wrong("Xin gõ c (có) hoặc k (không), hoặc chỉ bấm Enter.")
        return default if not word else word in _YES

    return ask(f"{question} ({'C/k' if default else 'c/K'})", read)


_YES = ("", "c", "co", "d", "dung", "y", "yes")
_NO = ("k", "khong", "s", "sai", "n", "no")


def choose(question: str, options: list[str]) -> int:
    """One of some numbered lines, counted from 0."""
    for number, option in enumerate(options, 1):
        click.echo(f"  {number}. {option}")

    def read(typed: str) -> int:
        if typed.isdecimal() and 1 <= int(typed) <= len(options):
            return int(typed) - 1
        raise Wrong(f"Xin gõ một số từ 1 đến {len(options)}.")

    return ask(question, read)
