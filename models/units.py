"""The tree of units with validity, and who succeeded whom.

Since 1 July 2025: provinces and communes, no districts; most communes are mergers of two to four. A trend
that crosses a merger is resolved when read, so the tree keeps former units and their succession.
"""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, column, enum_of


class UnitKind(StrEnum):
    """Levels and types of administrative units; `former` for units that ended before 1 July 2025."""

    PROVINCE = "province"
    COMMUNE = "commune"
    WARD = "ward"
    SPECIAL_ZONE = "special_zone"
    FORMER = "former"


class Unit(Base):
    """A province, a commune, or a former unit that lives on in a successor."""

    __tablename__ = "units"
    __table_args__ = (
        sa.UniqueConstraint("code", "valid_from"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity_ordered"),
        sa.CheckConstraint("kind = 'former' OR code IS NOT NULL", name="living_units_have_codes"),
    )

    id: Mapped[int] = column("surrogate key", primary_key=True)
    code: Mapped[str | None] = column(
        "official code: 2 digits (province) or 5 (commune), with leading zeros", sa.String(5)
    )
    name: Mapped[str] = column("full official name", sa.String(200))
    kind: Mapped[UnitKind] = column("level and type", enum_of(UnitKind))
    province_code: Mapped[str] = column("two-digit code of the province", sa.String(2), index=True)
    parent_id: Mapped[int | None] = column("unit above", sa.ForeignKey("units.id"))
    valid_from: Mapped[date | None] = column("first day of existence; empty when unknown")
    valid_to: Mapped[date | None] = column("first day of no longer existing")
    address: Mapped[str | None] = column("address of the reception place, shown to citizens", sa.String(300))
    hotline: Mapped[str | None] = column("published telephone number", sa.String(40))
    remote: Mapped[bool] = column(
        "whether terms for remote areas count (Law 02/2011 Art. 28)", default=False, server_default=sa.false()
    )
    staff_version: Mapped[int] = column(
        "raised by the database whenever posts, people or tenures of the unit change", server_default="0"
    )

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])


class UnitSuccession(Base):
    """`successor` took over `predecessor`, whole or in part, on a day."""

    __tablename__ = "unit_successions"
    __table_args__ = (sa.CheckConstraint("predecessor_id <> successor_id", name="not_itself"),)

    predecessor_id: Mapped[int] = column("unit that ended", sa.ForeignKey("units.id"), primary_key=True)
    successor_id: Mapped[int] = column("unit that took over", sa.ForeignKey("units.id"), primary_key=True)
    on: Mapped[date] = column("day of taking over", primary_key=True)
    part: Mapped[bool] = column("whether only a part of the predecessor was taken over", default=False)
