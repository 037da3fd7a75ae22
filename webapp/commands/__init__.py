"""The program `langnghe`: one command a job, loaded only when asked for."""

import importlib
import logging
import sys
from typing import Any

import click
import sqlalchemy as sa

COMMANDS = {
    "setup": "webapp.commands.setup:setup",
    "demo": "webapp.commands.demo:demo",
    "serve": "webapp.commands.serve:serve",
    "worker": "webapp.commands.serve:worker",
    "db": "webapp.commands.database:db",
    "backup": "webapp.commands.database:backup",
    "restore": "webapp.commands.database:restore",
    "doctor": "webapp.commands.doctor:doctor",
    "units": "webapp.commands.people:units",
    "staff": "webapp.commands.people:staff",
    "transactions": "webapp.commands.transactions:transactions",
    "invite": "webapp.commands.people:invite",
    "account": "webapp.commands.account:account",
    "qr": "webapp.commands.qr:qr",
    "triage": "webapp.commands.triage:triage",
    "report": "webapp.commands.report:report",
    "superior": "webapp.commands.superior:superior",
    "audit": "webapp.commands.audit:audit",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that `--help` needs no classifier."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Names in the order people need them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="langnghe")
@click.option("-v", "--verbose", is_flag=True, help="Say more about what is done.")
def langnghe(verbose: bool) -> None:
    """Lắng Nghe: the feedback service of commune-level governments."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")


def main(arguments: list[str] | None = None) -> Any:
    """Run a command; an expected problem is one sentence and exit 1, misuse is exit 2."""
    from models import DatabaseBusy
    from models.encryption import CannotUnseal, KeysMissing
    from models.imports import BadLines
    from webapp.qr import NotPrinted
    from webapp.settings import BadSettings

    try:
        return langnghe.main(args=arguments, prog_name="langnghe")
    except (BadSettings, KeysMissing, CannotUnseal, BadLines, DatabaseBusy, NotPrinted) as problem:
        sys.exit(_say(problem))
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as problem:
        sys.exit(_say(problem.orig or problem, "the database cannot be used: "))


def _say(problem: BaseException, before: str = "") -> int:
    first = str(problem).strip() or type(problem).__name__
    click.echo(f"Error: {before}{first}", err=True)
    return 1
