"""Once published, what people were asked cannot be rewritten, by nobody."""

import pytest
import sqlalchemy as sa

from models import Database, Questionnaire
from surveys.questionnaires import (
    NotADraft,
    draft_questionnaire,
    get_standard_questionnaire,
    publish_questionnaire,
)
from surveys.standard import STANDARD_DOCUMENT
from tests.fixtures.world import START, World


def test_published_document_is_frozen_by_the_database(world: World) -> None:
    changes = (
        "UPDATE questionnaires SET document = '{\"questions\": []}'",
        "UPDATE questionnaires SET status = 'draft', digest = NULL",
        "DELETE FROM questionnaires",
    )
    for change in changes:
        with pytest.raises(sa.exc.DBAPIError, match="frozen"), world.database.writing() as session:
            session.execute(sa.text("DELETE FROM access_codes"))
            session.execute(sa.text(change))


def test_published_can_be_retired_and_a_new_version_drafted(database: Database) -> None:
    with database.writing() as session:
        first = get_standard_questionnaire(session, START)
        assert get_standard_questionnaire(session, START) is first
        with pytest.raises(NotADraft):
            publish_questionnaire(session, first, START)
        second = draft_questionnaire(session, first.series, "Bản hai", STANDARD_DOCUMENT)
        second.title = "Bản hai, sửa"
        publish_questionnaire(session, second, START)
        session.execute(sa.text("UPDATE questionnaires SET status = 'retired' WHERE version = 1"))
    with database.reading() as session:
        assert session.scalars(sa.select(Questionnaire.version).order_by(Questionnaire.version)).all() == [
            1,
            2,
        ]
        assert get_standard_questionnaire(session, START).version == 2
