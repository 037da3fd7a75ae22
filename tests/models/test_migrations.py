"""Every migration runs up and down on both databases and ends where the tables of the code are."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from models import Base, Database
from models.migrations import current_revision, downgrade, head_revision, upgrade
from tests.fixtures.world import World


def _differences(database: Database) -> list:
    with database.write_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, Base.metadata)


def _tables(database: Database) -> set[str]:
    with database.read_engine.connect() as connection:
        return set(sa.inspect(connection).get_table_names())


def test_migrated_schema_equals_the_tables_of_the_code(database: Database) -> None:
    assert _differences(database) == []


def test_down_leaves_nothing_and_up_again_is_equal(world: World) -> None:
    # With rows in it: a migration that only works on an empty database is none.
    world.send_box("Đèn ngõ tắt đã lâu")
    database = world.database
    downgrade(database, "0001")
    upgrade(database)
    assert _differences(database) == []
    downgrade(database, "base")
    assert _tables(database) <= {"alembic_version"}
    assert current_revision(database) is None
    upgrade(database)
    assert current_revision(database) == head_revision()
    assert _differences(database) == []


def test_guards_come_back_with_the_schema(database: Database) -> None:
    query = {
        True: "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        False: "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[database.is_sqlite]
    with database.read_engine.connect() as connection:
        names = set(connection.execute(sa.text(query)).scalars())
    assert names == {
        "guard_case_events_update",
        "guard_case_events_delete",
        "guard_questionnaires_update",
        "guard_questionnaires_delete",
        "watch_officers_insert",
        "watch_officers_rename",
        "watch_tenures_insert",
        "watch_tenures_update",
        "watch_tenures_delete",
        "watch_posts_update",
    }
