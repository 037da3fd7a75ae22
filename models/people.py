"""Departments, posts, officers, who held which post when, and who is on duty.

A case belongs to a post, never to a person: who holds the post today answers for it, and a stand-in
holds it while the holder is away.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, column


class Department(Base):
    """A department of a unit; provinces decide number and names."""

    __tablename__ = "departments"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    id: Mapped[int] = column("surrogate key", primary_key=True)
    unit_id: Mapped[int] = column("unit it belongs to", sa.ForeignKey("units.id"))
    code: Mapped[str] = column("stable identifier inside the unit", sa.String(60))
    name: Mapped[str] = column("name that people see", sa.String(200))


class Post(Base):
    """An office that answers, for instance the head of the economy department."""

    __tablename__ = "posts"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    id: Mapped[int] = column("surrogate key", primary_key=True)
    unit_id: Mapped[int] = column("unit it belongs to", sa.ForeignKey("units.id"))
    department_id: Mapped[int | None] = column("department it belongs to", sa.ForeignKey("departments.id"))
    code: Mapped[str] = column("identifier that the routing table names, such as justice_officer", sa.String(60))
    title: Mapped[str] = column("title that people see", sa.String(200))
    signs: Mapped[bool] = column("whether the holder signs replies (leaders)", default=False)
    heads: Mapped[bool] = column(
        "whether the holder heads the department, so that its other posts are subordinate",
        default=False, server_default=sa.false(),
    )  # fmt: skip

    department: Mapped[Department | None] = relationship()


SUPERIOR_POST = "superior_handler"
"""Identifier of the provincial post that receives what a commune's own leaders may not."""

RESTRICTED_POSTS = frozenset({SUPERIOR_POST, "chairperson", "vice_chairperson", "restricted_intake"})
"""Posts with which confidential cases may lie: nothing about them may depend on whether one does."""

HEAD_POST_ENDINGS = ("_head", "_chief", "_director", "_commander")
"""Endings of post codes whose holders head a department."""


class RoutingRule(Base):
    """A unit's own line of the routing table: this topic goes to this post, instead of the taxonomy's."""

    __tablename__ = "routing_rules"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    topic: Mapped[str] = column("label of the taxonomy", sa.String(40), primary_key=True)
    post_code: Mapped[str] = column("identifier of the post in the same unit", sa.String(60))


class Officer(Base):
    """A person who serves the authority."""

    __tablename__ = "officers"
    __table_args__ = (
        sa.CheckConstraint("gender IN ('male', 'female', 'unknown')", name="gender"),
        sa.UniqueConstraint("unit_id", "staff_code"),
    )

    id: Mapped[int] = column("surrogate key", primary_key=True)
    unit_id: Mapped[int] = column("unit the person serves", sa.ForeignKey("units.id"), index=True)
    staff_code: Mapped[str] = column("identifier from the staff list, unique inside the unit", sa.String(40))
    full_name: Mapped[str] = column("name as on the staff list", sa.String(120), personal="staff")
    gender: Mapped[str] = column("helps to tell ông/anh from bà/chị in texts", sa.String(8), default="unknown")
    phone: Mapped[str | None] = column("published telephone number", sa.String(40), personal="staff")
    listed_version: Mapped[int] = column(
        "staff_version of the unit when this person was last added, renamed or given a post; kept by the database",
        server_default="0",
    )


class Tenure(Base):
    """An officer holds a post from a day, as its holder or standing in for the holder."""

    __tablename__ = "tenures"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ordered"),
        sa.UniqueConstraint("post_id", "officer_id", "starts_on"),
    )

    id: Mapped[int] = column("surrogate key", primary_key=True)
    post_id: Mapped[int] = column("post held", sa.ForeignKey("posts.id"), index=True)
    officer_id: Mapped[int] = column("who holds it", sa.ForeignKey("officers.id"), index=True)
    starts_on: Mapped[date] = column("first day")
    ends_on: Mapped[date | None] = column("first day of no longer holding it")
    stand_in: Mapped[bool] = column("whether only standing in for the holder", default=False)

    post: Mapped[Post] = relationship()
    officer: Mapped[Officer] = relationship()

    @classmethod
    def on(cls, day: date) -> sa.ColumnElement[bool]:
        """Tenures in force on `day`."""
        return (cls.starts_on <= day) & (cls.ends_on.is_(None) | (cls.ends_on > day))


class DutyShift(Base):
    """The leader on duty of a unit on a day."""

    __tablename__ = "duty_shifts"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = column("local calendar day", primary_key=True)
    officer_id: Mapped[int] = column("leader on duty", sa.ForeignKey("officers.id"))

    officer: Mapped[Officer] = relationship()
