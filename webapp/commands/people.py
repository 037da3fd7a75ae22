"""`langnghe units import` and `langnghe staff import`."""

import csv
import os
from pathlib import Path

import click
from sqlalchemy.orm import Session

from models import Officer, Role, Unit
from models.staffing import import_duty, import_staff
from models.territory import PILOT_UNITS, import_units
from webapp.commands.installation import add_account, new_password, opened

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def units() -> None:
    """Provinces and communes."""


@units.command("import")
@click.argument("file", type=FILE, default=PILOT_UNITS)
def units_import(file: Path) -> None:
    """Import units from a CSV FILE (default: the 244 pilot communes that come with the program)."""
    with opened() as (_settings, database), database.writing() as session:
        added = import_units(session, file)
    click.echo(f"{added} units added from {file.name}")


@click.group()
def staff() -> None:
    """People who serve a unit."""


@staff.command("import")
@click.argument("file", type=FILE)
@click.option("--duty", type=FILE, help="Duty roster to import with it: unit_code,day,staff_code.")
@click.option("--accounts", type=click.Path(path_type=Path, dir_okay=False),
              help="Give everyone an account; names and first passwords are written to this new file.")  # fmt: skip
def staff_import(file: Path, duty: Path | None, accounts: Path | None) -> None:
    """Import posts, officers, tenures and stand-ins from a CSV FILE, one line a tenure.

    Columns: unit_code, staff_code, full_name, gender, phone, department, post, title, signs, starts_on,
    ends_on, stand_in. All lines are good, or nothing changes.
    """
    if accounts and accounts.exists():
        raise click.ClickException(f"{accounts} exists already; name a new file")
    with opened() as (_settings, database), database.writing() as session:
        officers = import_staff(session, file)
        shifts = import_duty(session, duty) if duty else 0
        if accounts:
            rows = [_account(session, officer) for officer in officers]
            _write_accounts(accounts, rows)
    click.echo(f"{len(officers)} officers imported, {shifts} duty days set")
    if accounts:
        click.echo(f"first passwords are in {accounts}: hand them out and delete the file")


def _account(session: Session, officer: Officer) -> tuple[str, str, str]:
    unit = session.get_one(Unit, officer.unit_id)
    username, password = f"{unit.code}.{officer.staff_code}".lower(), new_password()
    add_account(session, username, password, Role.OFFICER, unit, officer)
    return officer.full_name, username, password


def _write_accounts(path: Path, rows: list[tuple[str, str, str]]) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([("Họ tên", "Tên đăng nhập", "Mật khẩu đầu tiên"), *rows])
