"""Matters of an entry, marks, audited cases, releases of the classifier

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SERVING = sa.text("state = 'serving'")
_TWO_ENDS, _BOTH_OR_NONE = "ck_cases_part_has_two_ends", "(part_start IS NULL) = (part_end IS NULL)"


def _located() -> list[sa.Column]:
    return [
        sa.Column("province_code", sa.String(2), nullable=False,
                  comment="two-digit code of the province the row belongs to"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
    ]  # fmt: skip


def upgrade() -> None:
    _add_columns()
    op.create_table(
        "audited_cases",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("release", sa.String(40), nullable=False, comment="release of the classifier that routed it"),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False, comment="when the lot fell on it"),
        *_located(),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_audited_cases_case_id_cases")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_audited_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_audited_cases")),
    )
    op.create_index(op.f("ix_audited_cases_release"), "audited_cases", ["release"])
    op.create_index(op.f("ix_audited_cases_unit_id"), "audited_cases", ["unit_id"])
    op.create_table(
        "entry_marks",
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="entry"),
        sa.Column("mark", sa.String(16), nullable=False, comment="junk or insult"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False, comment="since when"),
        sa.Column("set_by", sa.Integer(), nullable=True, comment="account that set it; empty: the service"),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True, comment="when a person took it back"),
        sa.Column("lifted_by", sa.Integer(), nullable=True, comment="account that took it back"),
        *_located(),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)",
                           name=op.f("ck_entry_marks_lifted_by_somebody")),
        sa.CheckConstraint("mark IN ('junk', 'insult')", name=op.f("ck_entry_marks_mark_kind")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_marks_entry_id_entries")),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_entry_marks_set_by_accounts")),
        sa.ForeignKeyConstraint(["lifted_by"], ["accounts.id"], name=op.f("fk_entry_marks_lifted_by_accounts")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_entry_marks_unit_id_units")),
        sa.PrimaryKeyConstraint("entry_id", "mark", name=op.f("pk_entry_marks")),
    )  # fmt: skip
    op.create_index(op.f("ix_entry_marks_unit_id"), "entry_marks", ["unit_id"])
    op.create_table(
        "classifier_releases",
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 … in order of building"),
        sa.Column("release", sa.String(40), nullable=False, comment="digest of what it learned, as in decisions"),
        sa.Column("state", sa.String(16), nullable=False, comment="candidate, refused, serving or retired"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="when it was built"),
        sa.Column("corpus", sa.String(40), nullable=False, comment="digest of the texts and labels it learned from"),
        sa.Column("entries", sa.Integer(), nullable=False, comment="number of texts of the corpus"),
        sa.Column("corrections", sa.Integer(), nullable=False,
                  comment="number of texts that people confirmed or corrected"),
        sa.Column("figures", sa.JSON(), nullable=False, comment="what it measured: {set: {figure: {k, n}}}"),
        sa.Column("reason", sa.String(1000), nullable=False,
                  comment="why it was promoted or refused"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True,
                  comment="when it was promoted, refused or retired"),
        sa.CheckConstraint("state IN ('candidate', 'refused', 'serving', 'retired')",
                           name=op.f("ck_classifier_releases_release_state")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_classifier_releases")),
        sa.UniqueConstraint("release", name=op.f("uq_classifier_releases_release")),
    )  # fmt: skip
    op.create_index("uq_classifier_releases_serving", "classifier_releases", ["state"], unique=True,
                    sqlite_where=_SERVING, postgresql_where=_SERVING)  # fmt: skip


def _add_columns() -> None:
    op.add_column("decisions", sa.Column(
        "sentiment", sa.String(16), nullable=True,
        comment="negative, neutral or positive; empty where a person decided",
    ))  # fmt: skip
    op.add_column("decisions", sa.Column(
        "matter", sa.Integer(), nullable=False, server_default="1", comment="which of the entry's matters, from 1",
    ))  # fmt: skip
    op.add_column("cases", sa.Column(
        "part_start", sa.Integer(), nullable=True, comment="where its part of the text begins; empty: the whole text",
    ))  # fmt: skip
    # A check that comes with its column: SQLite can add no other without making the table again.
    op.execute(f"ALTER TABLE cases ADD COLUMN part_end INTEGER CONSTRAINT {_TWO_ENDS} CHECK ({_BOTH_OR_NONE})")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON COLUMN cases.part_end IS 'where its part of the text ends'")


def downgrade() -> None:
    for table in ("classifier_releases", "entry_marks", "audited_cases"):
        op.drop_table(table)
    for table, name in (("cases", "part_end"), ("cases", "part_start"), ("decisions", "matter"),
                        ("decisions", "sentiment")):  # fmt: skip
        op.drop_column(table, name)
