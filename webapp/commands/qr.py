"""`langnghe qr`: make and show codes, and write sheets to hang up."""

from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, CodePurpose, Unit
from models.base import utc_now
from models.codes import new_access_code
from surveys.questionnaires import get_standard_questionnaire
from webapp import demonstration
from webapp.commands.installation import get_unit, opened
from webapp.qr import DEMONSTRATION, link_of, marked_svg, qr_svg, qr_terminal, refuse_unreachable
from webapp.sheets import write_sheets

OUT = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("unit_code")
@click.option("--place", default="Quầy tiếp nhận", show_default=True, help="Counter or place where it will hang.")
@click.option("--purpose", type=click.Choice([p.value for p in CodePurpose]), default="survey", show_default=True)
@click.option("--svg", type=OUT, help="Also write the symbol to this file.")
@click.option("--sheets", type=OUT, help="Make no code: write all living codes of the unit as A4 sheets (HTML).")
def qr(unit_code: str, place: str, purpose: str, svg: Path | None, sheets: Path | None) -> None:
    """Make a QR code for a unit's counter or suggestion box, and show it; a known place keeps its code.

    Refuses while the base address is one that phones cannot open: paper on walls lasts longer than mistakes.
    """
    with opened() as (settings, database), database.writing() as session:
        is_demonstration = demonstration.exists(session)
        refuse_unreachable(settings.base_url, is_demonstration)
        unit = get_unit(session, unit_code)
        if sheets:
            write_sheets(sheets, unit, living_codes(session, unit), settings.base_url, is_demonstration)
            click.echo(f"{sheets} written: open it in a browser and print it on A4")
            return
        code = keep_code(session, unit, place, CodePurpose(purpose))
        link = link_of(settings.base_url, code.code)
    if svg:
        svg.write_text(marked_svg(link, DEMONSTRATION) if is_demonstration else qr_svg(link), encoding="utf-8")
    click.echo(qr_terminal(link))
    click.echo(f"{link}  ({place})")
    if is_demonstration:
        click.echo(f"{DEMONSTRATION}: people and events are invented")


def living_codes(session: Session, unit: Unit) -> list[AccessCode]:
    """Codes of a unit that are in use: counters first, then the box."""
    living = sa.select(AccessCode).where(AccessCode.unit_id == unit.id, AccessCode.retired_at.is_(None))
    return list(session.scalars(living.order_by(AccessCode.purpose.desc(), AccessCode.created_at, AccessCode.place)))


def keep_code(session: Session, unit: Unit, place: str, purpose: CodePurpose) -> AccessCode:
    """The living code of a place, made when there is none: printed sheets must stay good."""
    found = session.scalars(
        sa.select(AccessCode).where(
            AccessCode.unit_id == unit.id,
            AccessCode.place == place,
            AccessCode.purpose == purpose,
            AccessCode.retired_at.is_(None),
        )
    ).first()
    if found:
        return found
    at = utc_now()
    asked = get_standard_questionnaire(session, at) if purpose is CodePurpose.SURVEY else None
    code = AccessCode(
        code=new_access_code(), purpose=purpose, place=place, unit_id=unit.id, province_code=unit.province_code,
        created_at=at, questionnaire_id=asked.id if asked else None,
    )  # fmt: skip
    session.add(code)
    session.flush()
    return code
