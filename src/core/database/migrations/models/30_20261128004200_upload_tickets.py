from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS `upload_ticket` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `number` VARCHAR(32) NOT NULL UNIQUE,
    `actor` VARCHAR(40) NOT NULL,
    `name` VARCHAR(200) NOT NULL DEFAULT '',
    `content_type` VARCHAR(40) NOT NULL,
    `size` INT NOT NULL,
    `upload_id` BIGINT,
    `created_at` DATETIME(6) NOT NULL,
    `expires_at` DATETIME(6) NOT NULL,
    KEY `idx_upload_tick_created_88d429` (`created_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS `upload_ticket`;"""


MODELS_STATE = (
    "later"
)
