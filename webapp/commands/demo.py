"""`langnghe demo`: the whole house running on invented data, with one command."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, CodePurpose, Database, Unit
from models.base import utc_now
from models.codes import follow_up_code, grouped
from vietnamese.calendar import local_day
from webapp import demonstration
from webapp.auth import hash_password
from webapp.commands.installation import new_password, prepare
from webapp.commands.serve import gunicorn_command
from webapp.qr import link_of, qr_terminal
from webapp.settings import Settings, load_settings

SHOWN = (
    # (post code or role, role in demo.json, what the address opens)
    ("one_stop_officer", "officer"),
    ("economy_department_head", "officer"),
    ("chairperson", "leader"),
    ("reception_clerk", "reception"),
    ("restricted_intake", "restricted_intake"),
    ("superior_handler", "superior"),
    ("board", "board"),
    ("administrator", "administrator"),
)
_NAMES = {"hoidong": "board", "quantri": "administrator"}


@click.command()
@click.option("--no-serve", is_flag=True, help="Build the demonstration in the configured database and exit.")
@click.option("--small", is_flag=True, help="Two communes only, built in some seconds.")
def demo(no_serve: bool, small: bool) -> None:
    """Build a demonstration (once): a year in twelve communes; then serve it with a worker until stopped."""
    settings = load_settings()
    database = prepare(settings)
    listing = settings.data_dir / "demo.json"
    try:
        _refuse_real_data(database)
        known = _read(listing)
        if not known.get("complete"):
            _build(settings, database, listing, known, small)
        else:
            _write(settings, database, listing, known["password"])
    finally:
        database.dispose()
    if not no_serve:
        _serve(settings, json.loads(listing.read_text()))


def _refuse_real_data(database: Database) -> None:
    with database.reading() as session:
        real = session.scalars(sa.select(Account.id).where(~Account.demonstration).limit(1)).first()
    if real is not None:
        raise click.ClickException("this database holds a real installation; name another LANGNGHE_DATABASE_URL")


def _build(settings: Settings, database: Database, listing: Path, known: dict[str, Any], small: bool) -> None:
    from triage.casework.placing import topic_posts
    from triage.deciding import Decider
    from triage.reading.artefact import load

    # Remembered before the first account is stored: a build that was cut short must not lose the password.
    password = known.get("password") or new_password()
    _write_private(listing, {"complete": False, "password": password})
    started = time.monotonic()

    def say(words: str) -> None:
        click.echo(f"  {time.monotonic() - started:5.1f} s  {words}", err=True)

    decider = Decider(load(settings.classifier), topic_posts())
    communes = demonstration.SMALL if small else demonstration.ALL
    today = local_day(utc_now())
    demonstration.build(database, decider, today, hash_password(password), say, communes)
    _write(settings, database, listing, password)


def _write(settings: Settings, database: Database, listing: Path, password: str) -> None:
    main = demonstration.MAIN_UNIT
    survey = demonstration.code_of(main, CodePurpose.SURVEY)
    box = demonstration.code_of(main, CodePurpose.BOX)
    follow = grouped(follow_up_code(database.keyring, demonstration.submission_id_of(main, 0)))
    base = settings.base_url
    with database.reading() as session:
        accounts = _accounts(session, password)
    _write_private(listing, {
        "base_url": base,
        "pages": {
            "home": f"{base}/", "survey": f"{base}/q/{survey}", "box": f"{base}/q/{box}",
            "follow": f"{base}/theo-doi", "officer": f"{base}/can-bo/", "board": f"{base}/hoi-dong/",
            "administrator": f"{base}/quan-tri/",
        },
        "codes": {"survey": survey, "box": box, "follow": follow},
        "accounts": accounts,
        "password": password,
        "complete": True,
    })  # fmt: skip


def _accounts(session: Session, password: str) -> list[dict[str, str]]:
    rows = []
    for account in demonstration.accounts(session):
        name, _dot, _unit = account.username.partition(".")
        key = _NAMES.get(name, name)
        role = dict(SHOWN).get(key, "leader" if name.endswith("chairperson") else "officer")
        unit = session.get_one(Unit, account.unit_id)
        rows.append({
            "role": role, "username": account.username, "password": password,
            "post": key, "unit": unit.code or "", "unit_name": unit.name,
        })  # fmt: skip
    return sorted(rows, key=_rank)


def _rank(row: dict[str, str]) -> tuple[bool, int]:
    """Those of the main commune first, in the order the story is told."""
    order = [post for post, _role in SHOWN]
    elsewhere = row["unit"] not in (demonstration.MAIN_UNIT, demonstration.MAIN_PROVINCE)
    return elsewhere, order.index(row["post"]) if row["post"] in order else len(order)


def _read(listing: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(listing.read_text())
    except FileNotFoundError:
        return {}
    return known


def _write_private(path: Path, content: dict[str, Any]) -> None:
    half = path.with_suffix(".half")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    half.replace(path)


def _serve(settings: Settings, listing: dict[str, Any]) -> None:
    """Run web server and worker as children; when one ends or we are stopped, both end."""
    if _answers(settings):
        raise click.ClickException(f"port {settings.port} is in use; choose another: PORT=8001 make run")
    children = [subprocess.Popen(gunicorn_command(settings))]  # noqa: S603
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        while not _answers(settings):
            _stop_when_ended(children)
            time.sleep(0.05)
        _show(settings, listing)
        # After the pages are up: loading the classifier would only slow their start.
        children.append(subprocess.Popen([sys.executable, "-m", "webapp.commands", "worker"]))
        while True:
            _stop_when_ended(children)
            time.sleep(0.5)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


def _stop_when_ended(children: list["subprocess.Popen[bytes]"]) -> None:
    if any(child.poll() is not None for child in children):
        raise click.ClickException("the web server or the worker ended; its message is above")


def _answers(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, settings.port)) == 0


def _show(settings: Settings, listing: dict[str, Any]) -> None:
    survey = link_of(settings.base_url, listing["codes"]["survey"])
    click.echo(qr_terminal(survey))
    click.echo(f"Quét mã để đánh giá (citizen):   {survey}")
    for title, key in (("Hòm thư góp ý (citizen)", "box"), ("Theo dõi ý kiến (citizen)", "follow"),
                       ("Cán bộ, lãnh đạo (officer, leader)", "officer"), ("Hội đồng thi đua (board)", "board"),
                       ("Quản trị (administrator)", "administrator")):  # fmt: skip
        click.echo(f"{title + ':':38}{listing['pages'][key]}")
    click.echo(f"{'Mã theo dõi mẫu (sample code):':38}{listing['codes']['follow']}\n")
    for row in listing["accounts"]:
        if row["unit"] in (demonstration.MAIN_UNIT, demonstration.MAIN_PROVINCE) and row["post"] in dict(SHOWN):
            click.echo(f"  {row['post']:28} {row['username']:34} {row['password']}")
    click.echo("\nPeople and events are invented. Stop with Ctrl+C; start again with the same command.")
