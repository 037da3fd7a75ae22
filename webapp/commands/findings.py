"""What a look at the installation gives: a grade, what was looked at, what is, and what to do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models import DatabaseBusy

OK, WARN, BAD = "ok", "warn", "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `ok`, `warn` or `bad`; `mend` says what to do and is empty when there is nothing."""

    grade: str
    subject: str
    said: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.grade:5} {self.subject}: {self.said}" + (f". To do: {self.mend}" if self.mend else "")


def looked(subject: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a look gives; a look that itself breaks is a finding, and the others go on."""
    try:
        yield from list(look())
    except DatabaseBusy as problem:
        yield Finding(
            BAD, subject, f"{problem} for too long", "find the process that hangs (worker, backup) and end it"
        )
    except sa.exc.DBAPIError as problem:
        said = str(problem.orig).strip().splitlines()[0]
        yield Finding(BAD, subject, f"the database refused ({said})", "start the database; check LANGNGHE_DATABASE_URL")
    except Exception as problem:
        yield Finding(BAD, subject, f"could not be examined ({type(problem).__name__}: {problem})", "mend this first")
