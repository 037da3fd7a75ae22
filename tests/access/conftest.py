"""The scene of `tests.access.scene`, built once a process: nobody leaves a trace in it."""

from collections.abc import Iterator

import pytest

from tests.access import scene as kept
from tests.access.scene import Scene, build
from tests.fixtures.databases import Copies
from tests.fixtures.world import migrate_and_settle, serve


@pytest.fixture(scope="session")
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Everybody and everything, in a file."""
    if kept.BUILT is None:
        copies: Copies = request.getfixturevalue("sqlite_copies")
        folder = tmp_path_factory.mktemp("scene")
        database, settled = copies.make(folder, migrate_and_settle)
        kept.BUILT = build(serve(database, settled, folder))
    yield kept.BUILT
    kept.BUILT.world.database.dispose()
