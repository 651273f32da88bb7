"""The schema that the tests here begin with is the one that migrating makes."""

from src.core.database.schema import migration_files
from tests.concurrency.servers import Database, migrate
from tests.concurrency.support import needs_servers

pytestmark = needs_servers


async def test_a_copied_schema_is_the_migrated_one(database: Database, empty_database: Database) -> None:
    migrate(empty_database.url)
    assert await database.schema() == await empty_database.schema()
    recorded = "SELECT version, app, content FROM aerich ORDER BY id"
    assert await database.rows(recorded) == await empty_database.rows(recorded)
    assert {version for version, *_ in await database.rows(recorded)} == migration_files()
