"""`langnghe report satisfaction`."""

from pathlib import Path

import click

from webapp.commands.installation import get_unit, opened


@click.group()
def report() -> None:
    """Figures, the same as on the board's pages."""


@report.command()
@click.argument("period")
@click.option("--unit", "unit_code", help="Only this unit; otherwise all with answers.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write CSV or XLSX by the file's ending.")
def satisfaction(period: str, unit_code: str | None, out: Path | None) -> None:
    """Satisfaction of a PERIOD (2026, 2026-Q3 or 2026-09) with n, interval and formula."""
    from reports.exports import to_csv, to_xlsx
    from reports.periods import parse_period
    from reports.summaries import comparison_table

    try:
        asked = parse_period(period)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from problem
    with opened() as (_settings, database), database.reading() as session:
        units = [get_unit(session, unit_code)] if unit_code else None
        table = comparison_table(session, asked, units)
    if out is None:
        click.echo(to_csv(table).decode("utf-8-sig"), nl=False)
    elif out.suffix.lower() in (".csv", ".xlsx"):
        out.write_bytes(to_csv(table) if out.suffix.lower() == ".csv" else to_xlsx(table))
        click.echo(f"{out} written")
    else:
        raise click.UsageError("--out must end in .csv or .xlsx")
