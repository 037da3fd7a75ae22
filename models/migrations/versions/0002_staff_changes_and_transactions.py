"""Staff changes, invitations, routing rules, transactions, sealed packages

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HEADS = "code LIKE '%\\_head' ESCAPE '\\' OR code LIKE '%\\_chief' ESCAPE '\\'" \
    " OR code LIKE '%\\_director' ESCAPE '\\' OR code LIKE '%\\_commander' ESCAPE '\\'"

# Whoever changes the staff, by whatever way, raises the unit's version; a person added, renamed or given a post
# takes that version. A case remembers the version it was checked against, so that a newcomer sees no case that
# nobody has yet held against him.
_RAISE = "UPDATE units SET staff_version = staff_version + 1 WHERE id = {unit}"
_LIST = "UPDATE officers SET listed_version = (SELECT staff_version FROM units WHERE id = {unit}) WHERE id = {officer}"
_UNIT_OF_POST = "(SELECT unit_id FROM posts WHERE id = {row}.post_id)"
_POST_UNIT_NEW, _POST_UNIT_OLD = _UNIT_OF_POST.format(row="NEW"), _UNIT_OF_POST.format(row="OLD")


def _listed(officer: str, unit: str) -> list[str]:
    return [_RAISE.format(unit=unit), _LIST.format(unit=unit, officer=officer)]


_WATCHES = (
    # (table, event, name, statements)
    ("officers", "INSERT", "insert", _listed("NEW.id", "NEW.unit_id")),
    ("officers", "UPDATE OF full_name, gender", "rename", _listed("NEW.id", "NEW.unit_id")),
    ("tenures", "INSERT", "insert", _listed("NEW.officer_id", _POST_UNIT_NEW)),
    ("tenures", "UPDATE", "update", _listed("NEW.officer_id", _POST_UNIT_NEW)),
    ("tenures", "DELETE", "delete", [_RAISE.format(unit=_POST_UNIT_OLD)]),
    ("posts", "UPDATE OF title, department_id, heads, signs, code", "update", [
        _RAISE.format(unit="NEW.unit_id"),
        "UPDATE officers SET listed_version = (SELECT staff_version FROM units WHERE id = NEW.unit_id)"
        " WHERE id IN (SELECT officer_id FROM tenures WHERE post_id = NEW.id)",
    ]),
)  # fmt: skip


def _create_watches() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, event, name, statements in _WATCHES:
        trigger, body = f"watch_{table}_{name}", "; ".join(statements) + ";"
        if postgresql:
            op.execute(
                f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
            )
            op.execute(f"CREATE TRIGGER {trigger} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()")
        else:
            op.execute(f"CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN {body} END")


def _drop_watches() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, _event, name, _statements in _WATCHES:
        trigger = f"watch_{table}_{name}"
        op.execute(f"DROP TRIGGER {trigger} ON {table}" if postgresql else f"DROP TRIGGER {trigger}")
        if postgresql:
            op.execute(f"DROP FUNCTION {trigger}()")


def upgrade() -> None:
    _add_columns()
    op.execute(f"UPDATE posts SET heads = {'TRUE' if op.get_bind().dialect.name == 'postgresql' else '1'} WHERE {_HEADS}")
    _allow_reasons("'accused', 'doubtful', 'recused'")
    _make_superior_posts()
    _create_routing_and_packages()
    _create_transactions()
    _create_watches()


def _allow_reasons(reasons: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in ("ck_case_exclusions_exclusion_reason", "exclusion_reason"):
            op.execute(f"ALTER TABLE case_exclusions DROP CONSTRAINT IF EXISTS {name}")
        op.execute(
            "ALTER TABLE case_exclusions ADD CONSTRAINT ck_case_exclusions_exclusion_reason"
            f" CHECK (reason IN ({reasons}))"
        )
        return
    # SQLite cannot change a constraint: the table is made again under its old name.
    op.execute("ALTER TABLE case_exclusions RENAME TO case_exclusions_before")
    op.execute("DROP INDEX ix_case_exclusions_unit_id")
    op.execute(
        "CREATE TABLE case_exclusions (case_id CHAR(32) NOT NULL, officer_id INTEGER NOT NULL,"
        " reason VARCHAR(16) NOT NULL, at DATETIME NOT NULL, province_code VARCHAR(2) NOT NULL,"
        " unit_id INTEGER NOT NULL,"
        f" CONSTRAINT ck_case_exclusions_exclusion_reason CHECK (reason IN ({reasons})),"
        " CONSTRAINT fk_case_exclusions_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id),"
        " CONSTRAINT fk_case_exclusions_officer_id_officers FOREIGN KEY(officer_id) REFERENCES officers (id),"
        " CONSTRAINT fk_case_exclusions_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id),"
        " CONSTRAINT pk_case_exclusions PRIMARY KEY (case_id, officer_id))"
    )
    columns = "case_id, officer_id, reason, at, province_code, unit_id"
    op.execute(f"INSERT INTO case_exclusions ({columns}) SELECT {columns} FROM case_exclusions_before")
    op.execute("DROP TABLE case_exclusions_before")
    op.create_index(op.f("ix_case_exclusions_unit_id"), "case_exclusions", ["unit_id"])


def _make_superior_posts() -> None:
    """Every province has the post that receives what communes may not: made on demand, it would tell of the demand."""
    yes = "TRUE" if op.get_bind().dialect.name == "postgresql" else "1"
    no = "FALSE" if yes == "TRUE" else "0"
    op.execute(
        "INSERT INTO posts (unit_id, code, title, signs, heads)"
        f" SELECT id, 'superior_handler', 'Người tiếp nhận cấp tỉnh', {yes}, {no} FROM units WHERE kind = 'province'"
        " AND id NOT IN (SELECT unit_id FROM posts WHERE code = 'superior_handler')"
    )


def _add_columns() -> None:
    # Plain ADD COLUMN: rebuilding a table that others refer to would have to drop it first.
    op.add_column("units", sa.Column(
        "staff_version", sa.Integer(),
        comment="raised by the database whenever posts, people or tenures of the unit change", nullable=False,
        server_default="0",
    ))  # fmt: skip
    op.add_column("officers", sa.Column(
        "listed_version", sa.Integer(),
        comment="staff_version of the unit when this person was last added, renamed or given a post; kept by the database",
        nullable=False, server_default="0",
    ))  # fmt: skip
    op.add_column("cases", sa.Column(
        "staff_version", sa.Integer(),
        comment="staff_version of the unit when the text was last held against its people", nullable=False,
        server_default="0",
    ))  # fmt: skip
    op.add_column("posts", sa.Column(
        "heads", sa.Boolean(), nullable=False, server_default=sa.false(),
        comment="whether the holder heads the department, so that its other posts are subordinate",
    ))  # fmt: skip
    op.add_column("accounts", sa.Column(
        "invitation_hash", sa.String(64), nullable=True,
        comment="keyed hash of the one-time invitation that sets the first password",
    ))  # fmt: skip
    op.add_column("accounts", sa.Column(
        "invited_until", sa.DateTime(timezone=True), nullable=True, comment="the invitation ends at this instant",
    ))  # fmt: skip
    op.create_index("ix_accounts_invitation_hash", "accounts", ["invitation_hash"], unique=True)


def _located() -> list[sa.Column]:
    return [
        sa.Column("province_code", sa.String(2), nullable=False,
                  comment="two-digit code of the province the row belongs to"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
    ]  # fmt: skip


def _create_routing_and_packages() -> None:
    op.create_table(
        "routing_rules",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("topic", sa.String(40), nullable=False, comment="label of the taxonomy"),
        sa.Column("post_code", sa.String(60), nullable=False, comment="identifier of the post in the same unit"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_routing_rules_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "topic", name=op.f("pk_routing_rules")),
    )
    op.create_table(
        "sealed_packages",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("recipient", sa.String(64), nullable=False, comment="fingerprint of the public key it is sealed to"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="JSON of text and contact, HPKE"),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False, comment="when it was sealed"),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True,
                  comment="when it was last written out for the province"),
        *_located(),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sealed_packages_case_id_cases")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_sealed_packages_unit_id_units")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_sealed_packages")),
    )  # fmt: skip
    op.create_index(op.f("ix_sealed_packages_unit_id"), "sealed_packages", ["unit_id"])


def _create_transactions() -> None:
    op.create_table(
        "procedures",
        sa.Column("code", sa.String(40), nullable=False, comment="such as 1.001193.000.00.00.H41"),
        sa.Column("name", sa.String(300), nullable=False, comment="official name"),
        sa.Column("field", sa.String(60), nullable=False, comment="field it belongs to, as the questionnaire offers it"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_procedures")),
    )
    op.create_table(
        "transactions",
        sa.Column("id", sa.Uuid(), nullable=False, comment="derived from unit and dossier code"),
        sa.Column("dossier_code", sa.String(40), nullable=False, comment="unit-YYMMDD-XXXX (Circular 01/2018 Art. 19)"),
        sa.Column("procedure_code", sa.String(40), nullable=True, comment="procedure, when known"),
        sa.Column("field", sa.String(60), nullable=False, comment="field of the procedure"),
        sa.Column("received_on", sa.Date(), nullable=False, comment="local calendar day of receipt"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="day promised on the receipt slip"),
        sa.Column("finished_on", sa.Date(), nullable=True, comment="day the result was ready; empty while open"),
        *_located(),
        sa.CheckConstraint("finished_on IS NULL OR finished_on >= received_on",
                           name=op.f("ck_transactions_finished_after_received")),
        sa.ForeignKeyConstraint(["procedure_code"], ["procedures.code"],
                                name=op.f("fk_transactions_procedure_code_procedures")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_transactions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transactions")),
        sa.UniqueConstraint("unit_id", "dossier_code", name=op.f("uq_transactions_unit_id_dossier_code")),
    )  # fmt: skip
    op.create_index(op.f("ix_transactions_unit_id"), "transactions", ["unit_id"])
    op.create_index("ix_transactions_unit_day", "transactions", ["unit_id", "received_on"])
    op.create_table(
        "transaction_facts",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("day", sa.Date(), nullable=False, comment="local calendar day of receipt"),
        sa.Column("field", sa.String(60), nullable=False, comment="field of the procedure"),
        sa.Column("received", sa.Integer(), nullable=False, comment="dossiers received"),
        sa.Column("early", sa.Integer(), nullable=False, comment="finished before the promised day"),
        sa.Column("on_time", sa.Integer(), nullable=False,
                  comment="finished on the promised day, or none was promised"),
        sa.Column("late", sa.Integer(), nullable=False, comment="finished after the promised day"),
        sa.Column("province_code", sa.String(2), nullable=False,
                  comment="two-digit code of the province the row belongs to"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_transaction_facts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "day", "field", name=op.f("pk_transaction_facts")),
    )  # fmt: skip


def downgrade() -> None:
    _drop_watches()
    for table in ("transaction_facts", "transactions", "procedures", "sealed_packages", "routing_rules"):
        op.drop_table(table)
    op.drop_index("ix_accounts_invitation_hash", "accounts")
    op.execute("UPDATE case_exclusions SET reason = 'accused' WHERE reason = 'doubtful'")
    _allow_reasons("'accused', 'recused'")
    for table, name in (
        ("accounts", "invited_until"), ("accounts", "invitation_hash"), ("posts", "heads"),
        ("cases", "staff_version"), ("officers", "listed_version"), ("units", "staff_version"),
    ):  # fmt: skip
        op.drop_column(table, name)
