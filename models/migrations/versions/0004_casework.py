"""Clocks, transfers, same matters, reminders, statements; the calendar; sessions and second factors

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = (
    "signing_rules",
    "saved_replies",
    "calendar_days",
    "recovery_codes",
    "second_factors",
    "sign_ins",
    "praised_officers",
    "reminders",
    "same_matters",
    "statements",
    "transfers",
)
_COLUMNS = ("intake_due_at", "intake_done_at", "paused_at", "extensions", "finding", "ending")


def _located() -> list[sa.Column]:
    return [
        sa.Column("province_code", sa.String(2), nullable=False,
                  comment="two-digit code of the province the row belongs to"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="unit the row belongs to"),
    ]  # fmt: skip


def upgrade() -> None:
    _add_columns()
    op.create_table('signing_rules',
    sa.Column('unit_id', sa.Integer(), nullable=False, comment='unit'),
    sa.Column('kind', sa.String(40), nullable=False, comment='label of the taxonomy'),
    sa.Column('officer_signs', sa.Boolean(), nullable=False, comment='whether the officer who answers issues the answer alone'),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_signing_rules_unit_id_units')),
    sa.PrimaryKeyConstraint('unit_id', 'kind', name=op.f('pk_signing_rules'))
    )
    op.create_table('saved_replies',
    sa.Column('id', sa.Integer(), nullable=False, comment='surrogate key'),
    sa.Column('unit_id', sa.Integer(), nullable=False, comment='unit'),
    sa.Column('officer_id', sa.Integer(), nullable=True, comment="whose; empty: the whole unit's"),
    sa.Column('title', sa.String(120), nullable=False, comment='what it is called'),
    sa.Column('text', sa.Text(), nullable=False, comment='the words'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='when it was last changed'),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_saved_replies_officer_id_officers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_saved_replies_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_replies'))
    )
    op.create_index(op.f('ix_saved_replies_officer_id'), 'saved_replies', ['officer_id'])
    op.create_index(op.f('ix_saved_replies_unit_id'), 'saved_replies', ['unit_id'])
    op.create_table('calendar_days',
    sa.Column('unit_id', sa.Integer(), nullable=False, comment='unit, or the province for all its communes'),
    sa.Column('day', sa.Date(), nullable=False, comment='local calendar day'),
    sa.Column('worked', sa.String(16), nullable=False, comment='which half-days are worked'),
    sa.Column('source', sa.String(300), nullable=False, comment='notice that says so'),
    sa.Column('verified', sa.Boolean(), nullable=False, comment='whether somebody compared it with the notice'),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, comment='when it was last changed'),
    sa.Column('changed_by', sa.Integer(), nullable=True, comment='who; empty: the program'),
    sa.ForeignKeyConstraint(['changed_by'], ['accounts.id'], name=op.f('fk_calendar_days_changed_by_accounts')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_calendar_days_unit_id_units')),
    sa.CheckConstraint("worked IN ('both', 'morning', 'afternoon', 'none')", name=op.f("ck_calendar_days_worked")),
    sa.PrimaryKeyConstraint('unit_id', 'day', name=op.f('pk_calendar_days'))
    )
    op.create_table('recovery_codes',
    sa.Column('account_id', sa.Integer(), nullable=False, comment='account'),
    sa.Column('code_hash', sa.String(64), nullable=False, comment='keyed hash'),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True, comment='when it was used'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_recovery_codes_account_id_accounts')),
    sa.PrimaryKeyConstraint('account_id', 'code_hash', name=op.f('pk_recovery_codes'))
    )
    op.create_table('second_factors',
    sa.Column('account_id', sa.Integer(), nullable=False, comment='account'),
    sa.Column('secret', sa.LargeBinary(), nullable=False, comment='shared secret, base 32'),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True, comment='when a first code proved it'),
    sa.Column('last_step', sa.Integer(), nullable=False, comment='time step of the last code taken: no code counts twice'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_second_factors_account_id_accounts')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_second_factors'))
    )
    op.create_table('sign_ins',
    sa.Column('token_hash', sa.String(64), nullable=False, comment="keyed hash of the session's token"),
    sa.Column('account_id', sa.Integer(), nullable=False, comment='account'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, comment='when it began'),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False, comment='when it was last used, to the hour'),
    sa.Column('device', sa.String(80), nullable=False, comment='browser and system in a few words, such as Chrome on Android'),
    sa.Column('second_factor', sa.Boolean(), nullable=False, comment='whether the second factor was shown'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='when it was ended'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_ins_account_id_accounts')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_ins'))
    )
    op.create_index(op.f('ix_sign_ins_account_id'), 'sign_ins', ['account_id'])
    op.create_table('praised_officers',
    sa.Column('case_id', sa.Uuid(), nullable=False, comment='case'),
    sa.Column('officer_id', sa.Integer(), nullable=False, comment='officer named'),
    *_located(),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_praised_officers_case_id_cases')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_praised_officers_officer_id_officers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_praised_officers_unit_id_units')),
    sa.PrimaryKeyConstraint('case_id', 'officer_id', name=op.f('pk_praised_officers'))
    )
    op.create_index(op.f('ix_praised_officers_officer_id'), 'praised_officers', ['officer_id'])
    op.create_index(op.f('ix_praised_officers_unit_id'), 'praised_officers', ['unit_id'])
    op.create_table('reminders',
    sa.Column('case_id', sa.Uuid(), nullable=False, comment='case'),
    sa.Column('clock', sa.String(16), nullable=False, comment='intake or answer'),
    sa.Column('step', sa.String(16), nullable=False, comment='which step'),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='the instant it reminds of'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when it was sent'),
    *_located(),
    sa.CheckConstraint("clock IN ('intake', 'answer')", name=op.f('ck_reminders_clock')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reminders_case_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_reminders_unit_id_units')),
    sa.CheckConstraint("step IN ('before', 'due', 'after', 'leader', 'superior')", name=op.f("ck_reminders_reminder_step")),
    sa.PrimaryKeyConstraint('case_id', 'clock', 'step', 'due_at', name=op.f('pk_reminders'))
    )
    op.create_index(op.f('ix_reminders_unit_id'), 'reminders', ['unit_id'])
    op.create_table('same_matters',
    sa.Column('case_id', sa.Uuid(), nullable=False, comment='case that follows'),
    sa.Column('lead_id', sa.Uuid(), nullable=False, comment='case whose reply answers both'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='since when'),
    sa.Column('account_id', sa.Integer(), nullable=False, comment='who said so'),
    *_located(),
    sa.CheckConstraint('case_id <> lead_id', name=op.f('ck_same_matters_not_itself')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_same_matters_account_id_accounts')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_same_matters_case_id_cases')),
    sa.ForeignKeyConstraint(['lead_id'], ['cases.id'], name=op.f('fk_same_matters_lead_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_same_matters_unit_id_units')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_same_matters'))
    )
    op.create_index(op.f('ix_same_matters_lead_id'), 'same_matters', ['lead_id'])
    op.create_index(op.f('ix_same_matters_unit_id'), 'same_matters', ['unit_id'])
    op.create_table('statements',
    sa.Column('case_id', sa.Uuid(), nullable=False, comment='case'),
    sa.Column('officer_id', sa.Integer(), nullable=False, comment='officer who was accused'),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False, comment='when a leader asked for it'),
    sa.Column('invited_by', sa.Integer(), nullable=False, comment='account that asked'),
    sa.Column('told', sa.LargeBinary(), nullable=False, comment='what the leader tells of the accusation, without a word of who wrote'),
    sa.Column('text', sa.LargeBinary(), nullable=True, comment="the officer's answer"),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True, comment='when it was given'),
    *_located(),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_statements_case_id_cases')),
    sa.ForeignKeyConstraint(['invited_by'], ['accounts.id'], name=op.f('fk_statements_invited_by_accounts')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_statements_officer_id_officers')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_statements_unit_id_units')),
    sa.PrimaryKeyConstraint('case_id', 'officer_id', name=op.f('pk_statements'))
    )
    op.create_index(op.f('ix_statements_unit_id'), 'statements', ['unit_id'])
    op.create_table('transfers',
    sa.Column('case_id', sa.Uuid(), nullable=False, comment='case'),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3 … of this case'),
    sa.Column('authority', sa.String(200), nullable=False, comment='name of the authority that is to answer'),
    sa.Column('letter_number', sa.String(60), nullable=False, comment='number of the covering letter, or empty'),
    sa.Column('sent', sa.LargeBinary(), nullable=False, comment='what was sent: the words as they went out'),
    sa.Column('with_contact', sa.Boolean(), nullable=False, comment="whether the sender's name and telephone went along"),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='when'),
    sa.Column('account_id', sa.Integer(), nullable=False, comment='who sent it'),
    *_located(),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_transfers_account_id_accounts')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_transfers_case_id_cases')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_transfers_unit_id_units')),
    sa.PrimaryKeyConstraint('case_id', 'number', name=op.f('pk_transfers'))
    )
    op.create_index(op.f('ix_transfers_unit_id'), 'transfers', ['unit_id'])


def _add_columns() -> None:
    for name, meaning in (
        ("intake_due_at", "when the sender must be told what became of the intake"),
        ("intake_done_at", "when the sender was told"),
        ("paused_at", "since when the clocks wait for the sender; empty: they run"),
    ):
        op.add_column("cases", sa.Column(name, sa.DateTime(timezone=True), nullable=True, comment=meaning))
    op.add_column("cases", sa.Column(
        "extensions", sa.Integer(), server_default="0", nullable=False, comment="how often the term was extended",
    ))  # fmt: skip
    # A check that comes with its column: SQLite can add no other without making the table again.
    for name, words, meaning in (
        ("finding", "'true', 'partly', 'false'", "what a verification found"),
        ("ending", "'no_action', 'forwarded', 'withdrawn'", "how it was filed, where it was"),
    ):
        check = f"CONSTRAINT ck_cases_{name} CHECK ({name} IN ({words}))"
        op.execute(f"ALTER TABLE cases ADD COLUMN {name} VARCHAR(16) {check}")
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"COMMENT ON COLUMN cases.{name} IS '{meaning}'")
    op.add_column("units", sa.Column(
        "remote", sa.Boolean(), server_default=sa.false(), nullable=False,
        comment="whether terms for remote areas count (Law 02/2011 Art. 28)",
    ))  # fmt: skip


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    for name in reversed(_COLUMNS):
        op.drop_column("cases", name)
    op.drop_column("units", "remote")
