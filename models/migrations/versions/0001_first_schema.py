"""First schema

Revision: 0001, after None
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Rows that nobody may change, whoever writes to the database: (table, which change, when refused).
# Events of a case and published questionnaires are the two records that later figures rest on.
_GUARDS = (
    ("case_events", "UPDATE", "TRUE", "events are append-only"),
    ("case_events", "DELETE", "TRUE", "events are append-only"),
    (
        "questionnaires",
        "UPDATE",
        "OLD.status <> 'draft' AND (CAST(NEW.document AS TEXT) <> CAST(OLD.document AS TEXT)"
        " OR NEW.digest <> OLD.digest OR NEW.status = 'draft'"
        " OR NEW.series <> OLD.series OR NEW.version <> OLD.version)",
        "a published questionnaire is frozen",
    ),
    ("questionnaires", "DELETE", "OLD.status <> 'draft'", "a published questionnaire is frozen"),
)


def _create_guards() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, change, when, message in _GUARDS:
        name = f"guard_{table}_{change.lower()}"
        if postgresql:
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW "
                f"WHEN ({when}) EXECUTE FUNCTION {name}()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def _drop_guards() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, change, _when, _message in _GUARDS:
        name = f"guard_{table}_{change.lower()}"
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
        if postgresql:
            op.execute(f"DROP FUNCTION {name}()")


def upgrade() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column(
            "code",
            sa.String(length=5),
            nullable=True,
            comment="official code: 2 digits (province) or 5 (commune), with leading zeros",
        ),
        sa.Column("name", sa.String(length=200), nullable=False, comment="full official name"),
        sa.Column(
            "kind",
            sa.Enum(
                "province",
                "commune",
                "ward",
                "special_zone",
                "former",
                name="unit_kind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="level and type",
        ),
        sa.Column(
            "province_code", sa.String(length=2), nullable=False, comment="two-digit code of the province"
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True, comment="unit above"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="first day of existence; empty when unknown"
        ),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="first day of no longer existing"),
        sa.Column(
            "address",
            sa.String(length=300),
            nullable=True,
            comment="address of the reception place, shown to citizens",
        ),
        sa.Column("hotline", sa.String(length=40), nullable=True, comment="published telephone number"),
        sa.CheckConstraint(
            "kind = 'former' OR code IS NOT NULL", name=op.f("ck_units_living_units_have_codes")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_units_validity_ordered")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_units_code_valid_from")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_province_code"), ["province_code"], unique=False)

    op.create_table(
        "worker_heartbeats",
        sa.Column("name", sa.String(length=120), nullable=False, comment="host and process"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="last sign of life"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker_heartbeats")),
    )
    op.create_table(
        "case_facts",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("day", sa.Date(), nullable=False, comment="local calendar day of receipt"),
        sa.Column("topic", sa.String(length=40), nullable=False, comment="primary topic"),
        sa.Column("received", sa.Integer(), nullable=False, comment="entries received"),
        sa.Column("answered", sa.Integer(), nullable=False, comment="answered by now"),
        sa.Column("answered_on_time", sa.Integer(), nullable=False, comment="answered by the due time"),
        sa.Column("overdue_open", sa.Integer(), nullable=False, comment="due time past, not answered"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_facts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "day", "topic", name=op.f("pk_case_facts")),
    )
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit it belongs to"),
        sa.Column("code", sa.String(length=60), nullable=False, comment="stable identifier inside the unit"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="name that people see"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_departments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_departments_unit_id_code")),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the person serves"),
        sa.Column(
            "staff_code",
            sa.String(length=40),
            nullable=False,
            comment="identifier from the staff list, unique inside the unit",
        ),
        sa.Column("full_name", sa.String(length=120), nullable=False, comment="name as on the staff list"),
        sa.Column(
            "gender",
            sa.String(length=8),
            nullable=False,
            comment="helps to tell ông/anh from bà/chị in texts",
        ),
        sa.Column("phone", sa.String(length=40), nullable=True, comment="published telephone number"),
        sa.CheckConstraint("gender IN ('male', 'female', 'unknown')", name=op.f("ck_officers_gender")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_officers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("unit_id", "staff_code", name=op.f("uq_officers_unit_id_staff_code")),
    )
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officers_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("unit_id", sa.Integer(), nullable=True, comment="owner; empty for the common one"),
        sa.Column(
            "series", sa.String(length=60), nullable=False, comment="identifier that all versions share"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, 2, 3 …"),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="questionnaire_status",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="draft, published or retired",
        ),
        sa.Column("title", sa.String(length=200), nullable=False, comment="title that citizens see"),
        sa.Column(
            "document", sa.JSON(), nullable=False, comment="the questions in order, see surveys.questions"
        ),
        sa.Column(
            "digest", sa.String(length=64), nullable=True, comment="SHA-256 of the document when published"
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True, comment="when it was published"),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True, comment="when it was retired"),
        sa.CheckConstraint(
            "(status = 'draft') = (digest IS NULL)", name=op.f("ck_questionnaires_published_has_digest")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_questionnaires_version_positive")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_questionnaires_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("series", "version", name=op.f("uq_questionnaires_series_version")),
    )
    op.create_table(
        "rating_facts",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("day", sa.Date(), nullable=False, comment="local calendar day"),
        sa.Column(
            "stratum",
            sa.Enum(
                "receipt",
                "open_qr",
                "kiosk",
                "assisted",
                "paper",
                "phone",
                name="stratum",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="how answers were got",
        ),
        sa.Column(
            "question",
            sa.String(length=40),
            nullable=False,
            comment="key of the question; `overall` for the face",
        ),
        sa.Column("level_1", sa.Integer(), nullable=False, comment="very dissatisfied"),
        sa.Column("level_2", sa.Integer(), nullable=False, comment="dissatisfied"),
        sa.Column("level_3", sa.Integer(), nullable=False, comment="neutral"),
        sa.Column("level_4", sa.Integer(), nullable=False, comment="satisfied"),
        sa.Column("level_5", sa.Integer(), nullable=False, comment="very satisfied"),
        sa.Column("not_applicable", sa.Integer(), nullable=False, comment="said not to apply"),
        sa.Column("blank", sa.Integer(), nullable=False, comment="asked and left empty"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_rating_facts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "day", "stratum", "question", name=op.f("pk_rating_facts")),
    )
    op.create_table(
        "stale_facts",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("day", sa.Date(), nullable=False, comment="local calendar day"),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False, comment="when it was last marked"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_stale_facts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "day", name=op.f("pk_stale_facts")),
    )
    op.create_table(
        "unit_successions",
        sa.Column("predecessor_id", sa.Integer(), nullable=False, comment="unit that ended"),
        sa.Column("successor_id", sa.Integer(), nullable=False, comment="unit that took over"),
        sa.Column("on", sa.Date(), nullable=False, comment="day of taking over"),
        sa.Column(
            "part",
            sa.Boolean(),
            nullable=False,
            comment="whether only a part of the predecessor was taken over",
        ),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_unit_successions_not_itself")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["units.id"], name=op.f("fk_unit_successions_predecessor_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["units.id"], name=op.f("fk_unit_successions_successor_id_units")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", "on", name=op.f("pk_unit_successions")),
    )
    op.create_table(
        "access_codes",
        sa.Column("code", sa.String(length=16), nullable=False, comment="what the link ends in, upper case"),
        sa.Column(
            "purpose",
            sa.Enum(
                "survey", "box", name="code_purpose", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
            comment="what it opens",
        ),
        sa.Column(
            "place",
            sa.String(length=120),
            nullable=False,
            comment="counter or place where it hangs, shown to citizens",
        ),
        sa.Column("questionnaire_id", sa.Integer(), nullable=True, comment="version asked"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="when it was made"),
        sa.Column(
            "retired_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it stopped; the row stays, walls keep paper",
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint(
            "(purpose = 'survey') = (questionnaire_id IS NOT NULL)",
            name=op.f("ck_access_codes_survey_has_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_access_codes_questionnaire_id_questionnaires"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_access_codes_unit_id_units")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_access_codes")),
    )
    with op.batch_alter_table("access_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_codes_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("username", sa.String(length=60), nullable=False, comment="sign-in name, lower case"),
        sa.Column("password_hash", sa.String(length=200), nullable=False, comment="Argon2id hash"),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "board",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="audience",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit whose data the account may see"),
        sa.Column("officer_id", sa.Integer(), nullable=True, comment="the person"),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="raised to end all sessions of the account"),
        sa.Column(
            "failed_attempts", sa.Integer(), nullable=False, comment="wrong passwords since the last good one"
        ),
        sa.Column(
            "locked_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="no sign-in before this instant",
        ),
        sa.Column(
            "demonstration",
            sa.Boolean(),
            nullable=False,
            comment="made by the demonstration, with a published password",
        ),
        sa.CheckConstraint(
            "(role = 'officer') = (officer_id IS NOT NULL)", name=op.f("ck_accounts_officers_are_people")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_accounts_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_accounts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("officer_id", name=op.f("uq_accounts_officer_id")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "duty_shifts",
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit"),
        sa.Column("day", sa.Date(), nullable=False, comment="local calendar day"),
        sa.Column("officer_id", sa.Integer(), nullable=False, comment="leader on duty"),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_duty_shifts_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_duty_shifts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "day", name=op.f("pk_duty_shifts")),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit it belongs to"),
        sa.Column("department_id", sa.Integer(), nullable=True, comment="department it belongs to"),
        sa.Column(
            "code",
            sa.String(length=60),
            nullable=False,
            comment="identifier that the routing table names, such as justice_officer",
        ),
        sa.Column("title", sa.String(length=200), nullable=False, comment="title that people see"),
        sa.Column(
            "signs", sa.Boolean(), nullable=False, comment="whether the holder signs replies (leaders)"
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_posts_department_id_departments")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_posts_unit_id_code")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid(), nullable=False, comment="random id made with the form"),
        sa.Column("code", sa.String(length=16), nullable=False, comment="QR code it came through"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, comment="when it was accepted"),
        sa.Column(
            "content_digest",
            sa.String(length=64),
            nullable=False,
            comment="keyed hash of the answers: tells a retry from a form changed after sending",
        ),
        sa.Column(
            "follow_up_hash", sa.String(length=64), nullable=False, comment="keyed hash of the follow-up code"
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(
            ["code"], ["access_codes.code"], name=op.f("fk_submissions_code_access_codes")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_submissions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("follow_up_hash", name=op.f("uq_submissions_follow_up_hash")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "tenures",
        sa.Column("id", sa.Integer(), nullable=False, comment="surrogate key"),
        sa.Column("post_id", sa.Integer(), nullable=False, comment="post held"),
        sa.Column("officer_id", sa.Integer(), nullable=False, comment="who holds it"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="first day"),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="first day of no longer holding it"),
        sa.Column(
            "stand_in", sa.Boolean(), nullable=False, comment="whether only standing in for the holder"
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_tenures_ordered")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_tenures_officer_id_officers")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_tenures_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenures")),
        sa.UniqueConstraint(
            "post_id", "officer_id", "starts_on", name=op.f("uq_tenures_post_id_officer_id_starts_on")
        ),
    )
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tenures_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tenures_post_id"), ["post_id"], unique=False)

    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False, comment="the submission"),
        sa.Column(
            "source",
            sa.Enum(
                "survey", "box", name="entry_source", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
            comment="questionnaire comment or suggestion box",
        ),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="what was written, NFC"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, comment="when it was accepted"),
        sa.Column(
            "sorted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when a decision was made; empty is work to do",
        ),
        sa.Column(
            "claimed_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="a worker has it until then; past is free again",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often sorting was begun"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(["id"], ["submissions.id"], name=op.f("fk_entries_id_submissions")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("ix_entries_unsorted", ["sorted_at", "received_at"], unique=False)

    op.create_table(
        "responses",
        sa.Column("id", sa.Uuid(), nullable=False, comment="the submission"),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False, comment="version answered"),
        sa.Column("code", sa.String(length=16), nullable=False, comment="QR code, hence counter"),
        sa.Column(
            "stratum",
            sa.Enum(
                "receipt",
                "open_qr",
                "kiosk",
                "assisted",
                "paper",
                "phone",
                name="stratum",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="how the answer was got",
        ),
        sa.Column(
            "overall",
            sa.SmallInteger(),
            nullable=True,
            comment="1 very dissatisfied … 5 very satisfied; empty when left blank",
        ),
        sa.Column(
            "procedure_field",
            sa.String(length=60),
            nullable=True,
            comment="field of the procedure, when told",
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, comment="when it was accepted"),
        sa.Column(
            "received_on",
            sa.Date(),
            nullable=False,
            comment="local calendar day of acceptance (Asia/Ho_Chi_Minh)",
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint("overall BETWEEN 1 AND 5", name=op.f("ck_responses_overall_on_scale")),
        sa.ForeignKeyConstraint(["code"], ["access_codes.code"], name=op.f("fk_responses_code_access_codes")),
        sa.ForeignKeyConstraint(["id"], ["submissions.id"], name=op.f("fk_responses_id_submissions")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_responses_questionnaire_id_questionnaires"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_responses_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index("ix_responses_unit_day", ["unit_id", "received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("response_id", sa.Uuid(), nullable=False, comment="response"),
        sa.Column(
            "question", sa.String(length=40), nullable=False, comment="key of the question in its version"
        ),
        sa.Column("level", sa.SmallInteger(), nullable=True, comment="1 … 5"),
        sa.Column(
            "not_applicable",
            sa.Boolean(),
            nullable=False,
            comment="said not to apply; leaves the denominator",
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint(
            "(level IS NULL) = not_applicable", name=op.f("ck_answers_level_or_not_applicable")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_answers_level_on_scale")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answers_response_id_responses")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_answers_unit_id_units")),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False, comment="derived from the entry"),
        sa.Column(
            "reference", sa.String(length=16), nullable=False, comment="what people call it, random-looking"
        ),
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="entry it answers"),
        sa.Column("matter", sa.Integer(), nullable=False, comment="which of the entry's matters, from 1"),
        sa.Column(
            "kind", sa.String(length=40), nullable=False, comment="label of the taxonomy, as last decided"
        ),
        sa.Column("topic", sa.String(length=40), nullable=False, comment="primary topic, as last decided"),
        sa.Column("urgent", sa.Boolean(), nullable=False, comment="danger now"),
        sa.Column(
            "accuses_staff",
            sa.Boolean(),
            nullable=False,
            comment="blames the conduct of someone who serves the authority",
        ),
        sa.Column(
            "confidential",
            sa.Boolean(),
            nullable=False,
            comment="suspected complaint or denunciation, or sent up: few may see it",
        ),
        sa.Column("superior", sa.Boolean(), nullable=False, comment="for the superior level only"),
        sa.Column("route", sa.String(length=60), nullable=False, comment="as in the decision"),
        sa.Column("post_id", sa.Integer(), nullable=False, comment="post that answers"),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "submitted",
                "returned",
                "issued",
                "filed",
                name="case_state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="where it stands",
        ),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the entry was received: clocks run from here",
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False, comment="when the answer is due"),
        sa.Column(
            "confirmed",
            sa.Boolean(),
            nullable=False,
            comment="whether a person confirmed or corrected the reading",
        ),
        sa.Column(
            "closed_at", sa.DateTime(timezone=True), nullable=True, comment="when it was issued or filed"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="raised by every change; two at once are noticed"
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint(
            "(state IN ('issued', 'filed')) = (closed_at IS NOT NULL)", name=op.f("ck_cases_closed_has_time")
        ),
        sa.CheckConstraint("NOT superior OR confidential", name=op.f("ck_cases_superior_is_confidential")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_cases_entry_id_entries")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_cases_post_id_posts")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("entry_id", "matter", name=op.f("uq_cases_entry_id_matter")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("ix_cases_unit_state_due", ["unit_id", "state", "due_at"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False, comment="derived from entry and number"),
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="entry read"),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 … in order of time"),
        sa.Column(
            "source",
            sa.Enum(
                "classifier",
                "person",
                name="decision_source",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="classifier or person",
        ),
        sa.Column("account_id", sa.Integer(), nullable=True, comment="person who confirmed or corrected"),
        sa.Column(
            "release", sa.String(length=40), nullable=False, comment="release of the classifier, or empty"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="label of the taxonomy"),
        sa.Column("topic", sa.String(length=40), nullable=False, comment="primary topic"),
        sa.Column("topics", sa.JSON(), nullable=False, comment="suggestions with probabilities, best first"),
        sa.Column("urgent", sa.Boolean(), nullable=False, comment="danger now"),
        sa.Column(
            "accuses_staff",
            sa.Boolean(),
            nullable=False,
            comment="blames the conduct of someone who serves the authority",
        ),
        sa.Column("abstained", sa.Boolean(), nullable=False, comment="too unsure to route alone"),
        sa.Column(
            "route",
            sa.String(length=60),
            nullable=False,
            comment="post, reception, restricted_intake, duty_leader or superior",
        ),
        sa.Column("reasons", sa.LargeBinary(), nullable=False, comment="why, as JSON; quotes the text"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_decisions_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_decisions_entry_id_entries")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_decisions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_decisions_entry_id_number")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "entry_contacts",
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="entry"),
        sa.Column("name", sa.LargeBinary(), nullable=True, comment="name, when given"),
        sa.Column("contact", sa.LargeBinary(), nullable=True, comment="telephone or e-mail, when given"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_contacts_entry_id_entries")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_entry_contacts_unit_id_units")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_contacts")),
    )
    with op.batch_alter_table("entry_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_contacts_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "case_events",
        sa.Column("id", sa.Uuid(), nullable=False, comment="derived from case and sequence"),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("sequence", sa.Integer(), nullable=False, comment="1, 2, 3 … without gap"),
        sa.Column(
            "act",
            sa.String(length=40),
            nullable=False,
            comment="what was done: opened, confirmed, reassigned, drafted, …",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.Column("account_id", sa.Integer(), nullable=True, comment="who; empty for the worker"),
        sa.Column(
            "previous_digest", sa.String(length=64), nullable=False, comment="digest of the event before"
        ),
        sa.Column(
            "payload_digest", sa.String(length=64), nullable=False, comment="salted SHA-256 of the payload"
        ),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 over all of the above"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_case_events_sequence_positive")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_case_events_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_events_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_case_events_case_id_sequence")),
    )
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_events_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "case_exclusions",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("officer_id", sa.Integer(), nullable=False, comment="officer kept out"),
        sa.Column(
            "reason",
            sa.Enum(
                "accused",
                "recused",
                name="exclusion_reason",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="why",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="since when"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_exclusions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_case_exclusions_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_exclusions_unit_id_units")),
        sa.PrimaryKeyConstraint("case_id", "officer_id", name=op.f("pk_case_exclusions")),
    )
    with op.batch_alter_table("case_exclusions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_exclusions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="Fernet key"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_keys_case_id_cases")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_keys_unit_id_units")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_keys")),
    )
    with op.batch_alter_table("case_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_keys_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "replies",
        sa.Column("id", sa.Uuid(), nullable=False, comment="random"),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="case"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="1, 2, 3 …"),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "signed",
                "issued",
                name="reply_state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
            comment="where it stands",
        ),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="the answer"),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="why it was returned"),
        sa.Column("drafted_by", sa.Integer(), nullable=False, comment="account that drafted"),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False, comment="when it was last saved"),
        sa.Column("signed_by", sa.Integer(), nullable=True, comment="account that signed"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True, comment="when it was signed"),
        sa.Column(
            "signer_title",
            sa.String(length=200),
            nullable=True,
            comment="title under the signature, as of the day",
        ),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.CheckConstraint(
            "(state IN ('signed', 'issued')) = (signed_at IS NOT NULL)",
            name=op.f("ck_replies_signed_has_time"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_replies_case_id_cases")),
        sa.ForeignKeyConstraint(["drafted_by"], ["accounts.id"], name=op.f("fk_replies_drafted_by_accounts")),
        sa.ForeignKeyConstraint(["signed_by"], ["accounts.id"], name=op.f("fk_replies_signed_by_accounts")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_replies_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("case_id", "revision", name=op.f("uq_replies_case_id_revision")),
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "case_event_payloads",
        sa.Column("event_id", sa.Uuid(), nullable=False, comment="event"),
        sa.Column(
            "salt",
            sa.String(length=64),
            nullable=False,
            comment="random, so that a short payload cannot be guessed from its digest",
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="JSON, encrypted with the case's key"),
        sa.Column(
            "province_code",
            sa.String(length=2),
            nullable=False,
            comment="two-digit code of the province the row belongs to",
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name=op.f("fk_case_event_payloads_event_id_case_events")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_event_payloads_unit_id_units")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_case_event_payloads")),
    )
    with op.batch_alter_table("case_event_payloads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_event_payloads_unit_id"), ["unit_id"], unique=False)
    _create_guards()


def downgrade() -> None:
    _drop_guards()
    with op.batch_alter_table("case_event_payloads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_event_payloads_unit_id"))

    op.drop_table("case_event_payloads")
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replies_unit_id"))

    op.drop_table("replies")
    with op.batch_alter_table("case_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_keys_unit_id"))

    op.drop_table("case_keys")
    with op.batch_alter_table("case_exclusions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_exclusions_unit_id"))

    op.drop_table("case_exclusions")
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_events_unit_id"))

    op.drop_table("case_events")
    with op.batch_alter_table("entry_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_contacts_unit_id"))

    op.drop_table("entry_contacts")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_unit_id"))

    op.drop_table("decisions")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_unit_state_due")
        batch_op.drop_index(batch_op.f("ix_cases_unit_id"))
        batch_op.drop_index(batch_op.f("ix_cases_post_id"))

    op.drop_table("cases")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_unit_id"))

    op.drop_table("answers")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_unit_id"))
        batch_op.drop_index("ix_responses_unit_day")

    op.drop_table("responses")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_unsorted")
        batch_op.drop_index(batch_op.f("ix_entries_unit_id"))

    op.drop_table("entries")
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tenures_post_id"))
        batch_op.drop_index(batch_op.f("ix_tenures_officer_id"))

    op.drop_table("tenures")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_unit_id"))

    op.drop_table("submissions")
    op.drop_table("posts")
    op.drop_table("duty_shifts")
    op.drop_table("accounts")
    with op.batch_alter_table("access_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_codes_unit_id"))

    op.drop_table("access_codes")
    op.drop_table("unit_successions")
    op.drop_table("stale_facts")
    op.drop_table("rating_facts")
    op.drop_table("questionnaires")
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officers_unit_id"))

    op.drop_table("officers")
    op.drop_table("departments")
    op.drop_table("case_facts")
    op.drop_table("worker_heartbeats")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_province_code"))

    op.drop_table("units")
