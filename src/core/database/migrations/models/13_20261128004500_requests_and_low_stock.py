from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    # What deliveries of before say of refused addresses told which names there are inside.
    return """
        ALTER TABLE `outbox_event` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `inbox_message` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `background_task` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `outbound_delivery` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `refund` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `job` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `job_run` ADD `request_id` VARCHAR(64) NOT NULL DEFAULT '';
        UPDATE `outbound_delivery` SET `last_error` = 'address refused'
            WHERE `last_error` IN ('host unknown', 'private address refused') OR `last_error` LIKE 'URL refused: %';
        UPDATE `outbound_attempt` SET `error` = 'address refused'
            WHERE `error` IN ('host unknown', 'private address refused') OR `error` LIKE 'URL refused: %';
        CREATE TABLE IF NOT EXISTS `staff_notification` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `staff_id` BIGINT NOT NULL UNIQUE,
    `email` VARCHAR(254) NOT NULL DEFAULT '',
    `phone` VARCHAR(12) NOT NULL DEFAULT '',
    `low_stock_mail` BOOL NOT NULL DEFAULT 0,
    `low_stock_sms` BOOL NOT NULL DEFAULT 0,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `low_stock_look` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `seen_id` BIGINT NOT NULL DEFAULT 0,
    `before_id` BIGINT NOT NULL DEFAULT 0
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `low_stock_fall` (
    `variant_id` BIGINT NOT NULL PRIMARY KEY,
    `ledger_id` BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS `low_stock_fall`;
        DROP TABLE IF EXISTS `low_stock_look`;
        DROP TABLE IF EXISTS `staff_notification`;
        ALTER TABLE `job_run` DROP COLUMN `request_id`;
        ALTER TABLE `job` DROP COLUMN `request_id`;
        ALTER TABLE `refund` DROP COLUMN `request_id`;
        ALTER TABLE `outbound_delivery` DROP COLUMN `request_id`;
        ALTER TABLE `background_task` DROP COLUMN `request_id`;
        ALTER TABLE `inbox_message` DROP COLUMN `request_id`;
        ALTER TABLE `outbox_event` DROP COLUMN `request_id`;"""


MODELS_STATE = (
    "x"
)
