"""A store in SQLite, and one in PostgreSQL where an address of an empty database is given."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("sqlalchemy")

from counterplay.store.opening import open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Return the address of a store that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "team.db")
        return
    server = os.environ.get("COUNTERPLAY_TEST_POSTGRES")
    if not server:
        pytest.skip("needs an empty PostgreSQL database in COUNTERPLAY_TEST_POSTGRES")
    _emptied(server)
    yield server
    _emptied(server)


@pytest.fixture
def store(address):
    return open_store(address)


def _emptied(server: str) -> None:
    import sqlalchemy as sa

    from counterplay.store.tables import METADATA

    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"))
    METADATA.drop_all(engine)
    engine.dispose()
