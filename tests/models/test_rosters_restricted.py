"""Posts with which confidential cases may lie look the same whether one does."""

import pytest
import sqlalchemy as sa

from models import Database, Post, Unit, UnitKind
from models.people import RESTRICTED_POSTS, SUPERIOR_POST
from models.rosters import is_unused
from models.territory import import_units
from tests.fixtures.world import World


@pytest.mark.parametrize("code", sorted(RESTRICTED_POSTS))
def test_such_a_post_is_never_unused(world: World, code: str) -> None:
    with world.database.writing() as session:
        post = Post(unit_id=world.other_id, code=f"{code}x", title="Thử")
        session.add(post)
        session.flush()
        assert is_unused(session, post)
        session.execute(sa.delete(Post).where(Post.unit_id == world.province_id, Post.code == "none"))
        post.code = code if code == SUPERIOR_POST else f"{code}x"
        post.signs = post.code != code
        assert not is_unused(session, post)


def test_every_province_has_the_superiors_post_from_its_first_day(database: Database) -> None:
    with database.writing() as session:
        import_units(session)
        import_units(session)
    with database.reading() as session:
        provinces = session.scalars(sa.select(Unit.id).where(Unit.kind == UnitKind.PROVINCE)).all()
        posts = session.scalars(sa.select(Post.unit_id).where(Post.code == SUPERIOR_POST, Post.signs)).all()
    assert len(provinces) == 4
    assert sorted(posts) == sorted(provinces)
