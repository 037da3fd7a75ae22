"""`langnghe audit verify`."""

import click

from webapp.commands.installation import opened


@click.group()
def audit() -> None:
    """The record of what was done."""


@audit.command()
def verify() -> None:
    """Walk every case's chain of events; a broken one is named, exit 1."""
    from triage.casework.record import verify_all

    with opened() as (_settings, database), database.reading() as session:
        report = verify_all(session)
    for fault in report.faults:
        click.echo(f"{fault.reference}: event {fault.sequence}: {fault.what}", err=True)
    click.echo(f"{report.events} events of {report.cases} cases walked, {report.erased} payloads lawfully erased")
    if report.faults:
        raise click.ClickException(f"{len(report.faults)} faults found")
