"""Alembic's way in: our engine, our tables, batches where SQLite needs them."""

import sqlalchemy as sa
from alembic import context

from infra.tables import METADATA


def run(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run(context.config.attributes["engine"])
