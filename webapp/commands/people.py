"""`langnghe units`, `langnghe staff import`, `langnghe staff invite` and `langnghe invite`."""

import csv
import os
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Database, Officer, Post, Role, Tenure, Unit
from models.base import utc_now
from models.staffing import import_duty, import_staff
from models.territory import PILOT_UNITS, import_units
from vietnamese.calendar import local_day
from webapp import invitations
from webapp.commands.installation import get_unit, opened
from webapp.commands.mergers import units_merge, units_move_staff
from webapp.qr import qr_terminal
from webapp.settings import Settings

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


units.add_command(units_merge)
units.add_command(units_move_staff)


@click.group()
def staff() -> None:
    """People who serve a unit."""


NEW_FILE = click.Path(path_type=Path, dir_okay=False)


@staff.command("import")
@click.argument("file", type=FILE)
@click.option("--duty", type=FILE, help="Duty roster to import with it: unit_code,day,staff_code.")
@click.option("--accounts", type=NEW_FILE,
              help="Give everyone an account; invitation links are written to this new file.")  # fmt: skip
def staff_import(file: Path, duty: Path | None, accounts: Path | None) -> None:
    """Import posts, officers, tenures and stand-ins from a CSV FILE, one line a tenure.

    Columns: unit_code, staff_code, full_name, gender, phone, department, post, title, signs, starts_on,
    ends_on, stand_in. All lines are good, or nothing changes.
    """
    _refuse_known_file(accounts)
    with opened() as (settings, database), database.writing() as session:
        officers = import_staff(session, file)
        shifts = import_duty(session, duty) if duty else 0
        if accounts:
            _write_invitations(accounts, [_invited(session, settings, database, officer) for officer in officers])
    click.echo(f"{len(officers)} officers imported, {shifts} duty days set")
    _say_where(accounts)


@staff.command("invite")
@click.argument("unit_code")
@click.argument("file", type=NEW_FILE)
def staff_invite(unit_code: str, file: Path) -> None:
    """Give everyone who holds a post of a unit today an account; invitation links go to a new FILE.

    Whoever has set a password already gets no new link: see `langnghe invite`.
    """
    _refuse_known_file(file)
    with opened() as (settings, database), database.writing() as session:
        unit = get_unit(session, unit_code)
        today = local_day(utc_now())
        held = sa.select(Tenure.officer_id).join(Post).where(Post.unit_id == unit.id, Tenure.on(today))
        officers = session.scalars(sa.select(Officer).where(Officer.id.in_(held)).order_by(Officer.id)).all()
        _write_invitations(file, [_invited(session, settings, database, officer) for officer in officers])
    click.echo(f"{len(officers)} people of {unit.name}")
    _say_where(file)


@click.command()
@click.argument("username")
def invite(username: str) -> None:
    """Make a new one-time invitation for USERNAME: for a first password, or when it was lost.

    The link is shown once, works for seven days, and ends the one before.
    """
    with opened() as (settings, database), database.writing() as session:
        named = sa.select(Account).where(Account.username == username.strip().lower())
        account = session.scalars(named).first()
        if account is None:
            raise click.ClickException(f"nobody signs in as {username!r}; `langnghe staff invite` makes accounts")
        code = invitations.invite(session, database.keyring, account, utc_now())
        until = account.invited_until
    link = invitations.link_of_invitation(settings.base_url, code)
    click.echo(qr_terminal(link))
    click.echo(f"{link}\nfor {account.username}, once, until {until:%Y-%m-%d %H:%M} UTC; hand it over in private")


def _refuse_known_file(file: Path | None) -> None:
    if file and file.exists():
        raise click.ClickException(f"{file} exists already; name a new file")


def _invited(session: Session, settings: Settings, database: Database, officer: Officer) -> tuple[str, str, str]:
    unit = session.get_one(Unit, officer.unit_id)
    known = session.scalars(sa.select(Account).where(Account.officer_id == officer.id)).first()
    username = f"{unit.code}.{officer.staff_code}".lower()
    account = known or invitations.keep_account(session, username, Role.OFFICER, unit, officer)
    if invitations.has_password(account):
        return officer.full_name, account.username, "(đã có mật khẩu)"
    code = invitations.invite(session, database.keyring, account, utc_now())
    return officer.full_name, account.username, invitations.link_of_invitation(settings.base_url, code)


def _write_invitations(path: Path, rows: list[tuple[str, str, str]]) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([("Họ tên", "Tên đăng nhập", "Đường dẫn mời, dùng một lần trong 7 ngày"), *rows])


def _say_where(file: Path | None) -> None:
    if file:
        click.echo(f"invitation links are in {file}: hand each to its person in private and delete the file")
