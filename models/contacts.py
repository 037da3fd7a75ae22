"""How citizens reach a unit: the address of the reception place and the hotline."""

from sqlalchemy.orm import Session

from models.refusals import Refused
from models.units import Unit

LONGEST_ADDRESS = 300
LONGEST_HOTLINE = 40


def change_contact(session: Session, unit: Unit, address: str, hotline: str) -> None:
    """Store address and hotline as citizens see them; empty ones are shown nowhere."""
    if len(address) > LONGEST_ADDRESS:
        raise Refused("too_long", "dia_chi", most=LONGEST_ADDRESS)
    if len(hotline) > LONGEST_HOTLINE or any(c not in "+0123456789 .()-" for c in hotline):
        raise Refused("phone_odd", "duong_day_nong")
    unit.address, unit.hotline = address or None, hotline or None
    session.flush()
