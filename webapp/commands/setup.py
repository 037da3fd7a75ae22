"""`langnghe setup`: from an empty folder to a commune that can receive its first rating."""

from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
import yaml

from models import Account, CodePurpose, Role
from models.territory import import_units
from webapp.commands.installation import add_account, get_unit, new_password, prepare
from webapp.commands.qr import keep_code
from webapp.qr import link_of, qr_terminal
from webapp.settings import load_settings

QUESTIONS = (
    # (key, question, default)
    ("unit", "Unit code, five digits (see `langnghe units import`)", None),
    ("hotline", "Telephone number that citizens may call", None),
    ("counter", "Name of the counter on the first QR code", "Quầy tiếp nhận số 1"),
    ("administrator", "Sign-in name of the first administrator", "quantri"),
)


@click.command()
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Answers as YAML (unit, hotline, counter, administrator) instead of questions.")  # fmt: skip
def setup(file: Path | None) -> None:
    """Create database, keys, units, the first administrator and the first QR codes. Safe to run again."""
    answers = _read(file) if file else {key: click.prompt(asked, default=default) for key, asked, default in QUESTIONS}
    settings = load_settings()
    database = prepare(settings)
    password: str | None = None
    with database.writing() as session:
        import_units(session)
        unit = get_unit(session, answers["unit"])
        unit.hotline = answers["hotline"]
        known = session.scalars(sa.select(Account).where(Account.username == answers["administrator"])).first()
        if known is None:
            password = new_password()
            add_account(session, answers["administrator"], password, Role.ADMINISTRATOR, unit)
        survey = keep_code(session, unit, answers["counter"], CodePurpose.SURVEY)
        box = keep_code(session, unit, "Hòm thư góp ý điện tử", CodePurpose.BOX)
        links = link_of(settings.base_url, survey.code), link_of(settings.base_url, box.code)
    click.echo(qr_terminal(links[0]))
    click.echo(f"{unit.name} is ready.\n  rating:         {links[0]}\n  suggestion box: {links[1]}")
    if password:
        click.echo(f"  administrator:  {answers['administrator']}  first password: {password}  (shown once)")
    click.echo(f"Keys are in {settings.keys_file}: keep a copy in another safe place, apart from backups.")
    click.echo("Next: `langnghe staff import FILE --accounts NEW.csv`, then `langnghe serve` and `langnghe worker`.")


def _read(file: Path) -> dict[str, str]:
    try:
        raw: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise click.ClickException(f"{file} is not YAML: {problem}") from problem
    if not isinstance(raw, dict):
        raise click.ClickException(f"{file} must hold `key: value` lines")
    answers = {key: str(raw.get(key) or default or "") for key, _asked, default in QUESTIONS}
    missing = [key for key, answer in answers.items() if not answer]
    if missing:
        raise click.ClickException(f"{file} has no {', '.join(missing)}")
    return answers
