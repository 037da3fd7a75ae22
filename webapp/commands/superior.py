"""`langnghe superior`: the sealed way to the province, where a commune runs alone."""

import json
from dataclasses import replace
from pathlib import Path

import click

from models import Keyring
from models.base import utc_now
from models.sealing import BadKey, CannotOpen, fingerprint, new_key_pair, open_bundle, save_private
from triage.casework.sealing import bundle as make_bundle
from triage.casework.sealing import seal_waiting
from webapp.commands.installation import opened
from webapp.settings import load_settings

NEW = click.Path(path_type=Path, dir_okay=False)
KNOWN = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def superior() -> None:
    """What only the superior level may read: keys of the province, sealed bundles on their way."""


@superior.command()
@click.argument("file", type=NEW)
def keygen(file: Path) -> None:
    """Province: make a key pair, FILE (keep it secret) and FILE.pub (give it to communes)."""
    public_file = file.with_name(file.name + ".pub")
    private, public = new_key_pair()
    try:
        save_private(file, private)
        public_file.open("x").write(public + "\n")
    except FileExistsError as problem:
        raise click.ClickException(f"{problem.filename} exists already; name a new file") from problem
    click.echo(f"secret: {file}\npublic: {public_file}\nfingerprint: {fingerprint(public)}")
    click.echo("Without the secret file nothing that was sealed can ever be read: keep two copies under lock.")


@superior.command()
@click.argument("file", type=KNOWN)
def trust(file: Path) -> None:
    """Commune: seal to the province's public key FILE from now on; also what is waiting."""
    public = file.read_text().strip()
    try:
        known = fingerprint(public)
    except BadKey as problem:
        raise click.ClickException(f"{file} holds no public key") from problem
    settings = load_settings()
    ring = Keyring.load(settings.keys_file)
    if ring.superior not in ("", public):
        raise click.ClickException(f"another key is trusted already ({fingerprint(ring.superior)})")
    replace(ring, superior=public).save(settings.keys_file)
    click.echo(f"{known} is trusted. Ask the province by telephone whether this is their fingerprint.")
    with opened() as (_settings, database), database.writing() as session:
        sealed = seal_waiting(session, utc_now())
    click.echo(f"cases sealed now: {sealed}. Restart the web server and the worker.")


@superior.command()
@click.argument("file", type=NEW)
@click.option("--again", is_flag=True, help="Also what was handed over before, for instance when a bundle was lost.")
def bundle(file: Path, again: bool) -> None:
    """Commune: write everything that waits for the province into one sealed FILE; do it every day.

    There is always a file and its size tells nothing, so that whoever carries it learns nothing.
    """
    if file.exists():
        raise click.ClickException(f"{file} exists already; name a new file")
    with opened() as (settings, database), database.writing() as session:
        public = Keyring.load(settings.keys_file).superior
        if not public:
            raise click.ClickException("no key of the province is trusted: run `langnghe superior trust FILE`")
        file.write_text(make_bundle(session, public, utc_now(), again))
    click.echo(f"{file}: send it to the province by mail, or on a stick")


@superior.command("open")
@click.argument("key", type=KNOWN)
@click.argument("files", type=KNOWN, nargs=-1, required=True)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=".", show_default=True)
def open_files(key: Path, files: tuple[Path, ...], into: Path) -> None:
    """Province: open bundles with the secret KEY; each case becomes one readable JSON file."""
    into.mkdir(parents=True, exist_ok=True)
    count = 0
    for file in files:
        try:
            packages = open_bundle(key.read_text(), file.read_text())
        except (CannotOpen, BadKey, UnicodeDecodeError) as problem:
            raise click.ClickException(f"{file}: {problem}") from problem
        for name, content in packages.items():
            (into / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
            count += 1
    click.echo(f"{count} cases written to {into}")
