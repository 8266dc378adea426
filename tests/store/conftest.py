"""A store in SQLite, and one in PostgreSQL where the address of a server is given."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("sqlalchemy")

import sqlalchemy as sa

from counterplay.store.opening import open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Return the address of a store that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "team.db")
        return
    server = os.environ.get("COUNTERPLAY_TEST_POSTGRES")
    if not server:
        pytest.skip("needs a PostgreSQL server in COUNTERPLAY_TEST_POSTGRES")
    name = f"counterplay_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    remove = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    _execute(server, remove, f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    _execute(server, remove)


@pytest.fixture
def store(address):
    return open_store(address)


def _execute(server: str, *statements: str) -> None:
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()
