from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE `discrepancy` DROP FOREIGN KEY `fk_discrepa_payment_0dd5587d`;
        ALTER TABLE `discrepancy` DROP INDEX `fk_discrepa_payment_0dd5587d`;
        ALTER TABLE `product_option` DROP INDEX `product_option_color`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_ca4bf3`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_638322`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_10dbaf`;
        CREATE TABLE IF NOT EXISTS `background_task` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `public_id` VARCHAR(26) NOT NULL UNIQUE,
    `name` VARCHAR(64) NOT NULL,
    `priority` SMALLINT NOT NULL,
    `lane` VARCHAR(64) NOT NULL,
    `running_lane` VARCHAR(64) UNIQUE,
    `permission` VARCHAR(40) NOT NULL,
    `payload` JSON NOT NULL,
    `state` JSON,
    `status` VARCHAR(8) NOT NULL,
    `progress_done` INT NOT NULL,
    `progress_total` INT NOT NULL,
    `result` JSON,
    `error_code` VARCHAR(64) NOT NULL,
    `error_ko` VARCHAR(500) NOT NULL,
    `error_en` VARCHAR(500) NOT NULL,
    `is_cancelled` BOOL NOT NULL,
    `requested_by` VARCHAR(40) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `started_at` DATETIME(6),
    `finished_at` DATETIME(6),
    KEY `idx_background__work_st_10e1e9` (`work_status`, `priority`, `available_at`),
    KEY `idx_background__request_381c41` (`requested_by`, `id`),
    KEY `idx_background__status_443d68` (`status`, `id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `job_cursor` (
    `name` VARCHAR(64) NOT NULL PRIMARY KEY,
    `moment` DATETIME(6),
    `position` BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `invariant_breach` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `promise` VARCHAR(8) NOT NULL,
    `reference` VARCHAR(80) NOT NULL,
    `detail` VARCHAR(200) NOT NULL,
    `first_seen_at` DATETIME(6) NOT NULL,
    `last_seen_at` DATETIME(6) NOT NULL,
    `resolved_at` DATETIME(6),
    UNIQUE KEY `uid_invariant_b_promise_2f5ae9` (`promise`, `reference`),
    KEY `idx_invariant_b_resolve_0602ca` (`resolved_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `notices_seen` (
    `user_id` BIGINT NOT NULL PRIMARY KEY,
    `seen_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `orders_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `order_no` VARCHAR(17) NOT NULL UNIQUE,
    `member_id` BIGINT,
    `status` VARCHAR(20) NOT NULL,
    `language` VARCHAR(2) NOT NULL,
    `orderer_name` VARCHAR(50) NOT NULL,
    `orderer_phone` VARCHAR(11) NOT NULL,
    `orderer_email` VARCHAR(254) NOT NULL,
    `client_address` VARCHAR(45) NOT NULL,
    `recipient` VARCHAR(50) NOT NULL,
    `recipient_phone` VARCHAR(11) NOT NULL,
    `zipcode` VARCHAR(5) NOT NULL,
    `address` VARCHAR(200) NOT NULL,
    `address_detail` VARCHAR(200) NOT NULL,
    `memo` VARCHAR(500) NOT NULL,
    `item_total` INT NOT NULL,
    `discount_total` INT NOT NULL,
    `shipping_fee` INT NOT NULL,
    `points_used` INT NOT NULL,
    `total` INT NOT NULL,
    `cart_owner` VARCHAR(80) NOT NULL,
    `guest_token_version` INT NOT NULL,
    `expires_at` DATETIME(6) NOT NULL,
    `hold_extended` BOOL NOT NULL,
    `unreachable_since` DATETIME(6),
    `paid_at` DATETIME(6),
    `ended_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_orders_arch_updated_f679d8` (`updated_at`),
    KEY `idx_orders_arch_status_e528ae` (`status`, `expires_at`),
    KEY `idx_orders_arch_member__4cea18` (`member_id`, `created_at`),
    KEY `idx_orders_arch_orderer_3bc23b` (`orderer_phone`, `status`),
    KEY `idx_orders_arch_client__4f5d00` (`client_address`, `status`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `order_event_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `order_id` BIGINT NOT NULL,
    `line_no` VARCHAR(20) NOT NULL,
    `from_status` VARCHAR(20) NOT NULL,
    `to_status` VARCHAR(20) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_order_event_order_i_dbd001` (`order_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `order_line_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `order_id` BIGINT NOT NULL,
    `line_no` VARCHAR(20) NOT NULL UNIQUE,
    `variant_id` BIGINT NOT NULL,
    `product_id` BIGINT NOT NULL,
    `product_code` VARCHAR(40) NOT NULL,
    `sku` VARCHAR(64) NOT NULL,
    `name` VARCHAR(120) NOT NULL,
    `color` VARCHAR(40) NOT NULL,
    `size` VARCHAR(40) NOT NULL,
    `image_path` VARCHAR(200) NOT NULL,
    `origin_price` INT NOT NULL,
    `unit_price` INT NOT NULL,
    `quantity` INT NOT NULL,
    `line_total` INT NOT NULL,
    `discount_share` INT NOT NULL,
    `points_share` INT NOT NULL,
    `status` VARCHAR(20) NOT NULL,
    `procurement_status` VARCHAR(16) NOT NULL,
    `shipping_status` VARCHAR(16) NOT NULL,
    `claim_status` VARCHAR(24) NOT NULL,
    KEY `idx_order_line__order_i_20f0f7` (`order_id`),
    KEY `idx_order_line__variant_9410c9` (`variant_id`),
    KEY `idx_order_line__product_4b57ba` (`product_id`),
    KEY `idx_order_line__image_p_ef3380` (`image_path`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `payment_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `payment_id` VARCHAR(40) NOT NULL UNIQUE,
    `order_id` BIGINT NOT NULL,
    `pay_method` VARCHAR(20) NOT NULL,
    `total_amount` INT NOT NULL,
    `status` VARCHAR(24) NOT NULL,
    `status_changed_at` DATETIME(6),
    `verdict` VARCHAR(12) NOT NULL,
    `settles_order_id` BIGINT UNIQUE,
    `transaction_id` VARCHAR(64) NOT NULL,
    `pg_provider` VARCHAR(40) NOT NULL,
    `pg_tx_id` VARCHAR(100) NOT NULL,
    `receipt_url` VARCHAR(500) NOT NULL,
    `paid_amount` BIGINT NOT NULL,
    `cancelled_amount` BIGINT NOT NULL,
    `failure` VARCHAR(200) NOT NULL,
    `account_bank` VARCHAR(40) NOT NULL,
    `account_number` VARCHAR(40) NOT NULL,
    `account_holder` VARCHAR(50) NOT NULL,
    `account_due_at` DATETIME(6),
    `paid_at` DATETIME(6),
    `next_reread_at` DATETIME(6),
    `reread_step` SMALLINT NOT NULL,
    `separated_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_payment_arc_order_i_abdd5b` (`order_id`),
    KEY `idx_payment_arc_next_re_8c0aee` (`next_reread_at`),
    KEY `idx_payment_arc_updated_39bd6d` (`updated_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `refund_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `refund_no` VARCHAR(26) NOT NULL UNIQUE,
    `payment_id` BIGINT NOT NULL UNIQUE,
    `reason` VARCHAR(12) NOT NULL,
    `amount` BIGINT NOT NULL,
    `status` VARCHAR(20) NOT NULL,
    `idempotency_key` VARCHAR(40) NOT NULL,
    `cancellation_id` VARCHAR(64) UNIQUE,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_refund_arch_work_st_72509b` (`work_status`, `available_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `refund_attempt_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `refund_id` BIGINT NOT NULL,
    `idempotency_key` VARCHAR(40) NOT NULL,
    `amount` BIGINT NOT NULL,
    `cancellable` BIGINT NOT NULL,
    `outcome` VARCHAR(80) NOT NULL,
    `sent_at` DATETIME(6) NOT NULL,
    `answered_at` DATETIME(6),
    KEY `idx_refund_atte_refund__724bd4` (`refund_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `outbound_webhook` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `url` VARCHAR(500) NOT NULL,
    `description` VARCHAR(200) NOT NULL,
    `event_types` JSON NOT NULL,
    `is_active` BOOL NOT NULL,
    `off_reason` VARCHAR(8) NOT NULL,
    `with_personal_data` BOOL NOT NULL,
    `secret` VARCHAR(300) NOT NULL,
    `old_secret` VARCHAR(300) NOT NULL,
    `old_secret_until` DATETIME(6),
    `failing_since` DATETIME(6),
    `paused_until` DATETIME(6),
    `version` INT NOT NULL,
    `created_by` VARCHAR(40) NOT NULL,
    `removed_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `message` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `number` VARCHAR(26) NOT NULL UNIQUE,
    `event_key` VARCHAR(100) NOT NULL,
    `template` VARCHAR(40) NOT NULL,
    `way` VARCHAR(8) NOT NULL,
    `channel` VARCHAR(10) NOT NULL,
    `language` VARCHAR(2) NOT NULL,
    `status` VARCHAR(10) NOT NULL,
    `is_ad` BOOL NOT NULL,
    `is_direct` BOOL NOT NULL,
    `order_no` VARCHAR(17) NOT NULL,
    `member_id` BIGINT,
    `recipient_hash` VARCHAR(64) NOT NULL,
    `content` LONGTEXT NOT NULL,
    `provider_id` VARCHAR(100) NOT NULL,
    `unknowns` SMALLINT NOT NULL,
    `resend_of` VARCHAR(26) NOT NULL,
    `sent_at` DATETIME(6),
    `forget_at` DATETIME(6) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_message_event_k_dd7194` (`event_key`, `template`, `way`),
    KEY `idx_message_order_n_4e49ba` (`order_no`),
    KEY `idx_message_member__822998` (`member_id`),
    KEY `idx_message_recipie_94fe8f` (`recipient_hash`),
    KEY `idx_message_forget__4bfed0` (`forget_at`),
    KEY `idx_message_created_e537a8` (`created_at`),
    KEY `idx_message_work_st_050b44` (`work_status`, `available_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `message_template` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `name` VARCHAR(40) NOT NULL UNIQUE,
    `texts` JSON NOT NULL,
    `off` JSON NOT NULL,
    `version` INT NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `task_file` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `kind` VARCHAR(8) NOT NULL,
    `name` VARCHAR(200) NOT NULL,
    `media_type` VARCHAR(100) NOT NULL,
    `size` BIGINT NOT NULL,
    `is_complete` BOOL NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `task_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_task_file_task_id_bb4469` (`task_id`, `kind`),
    CONSTRAINT `fk_task_fil_backgrou_dd05c05c` FOREIGN KEY (`task_id`) REFERENCES `background_task` (`id`) ON DELETE CASCADE,
    KEY `idx_task_file_created_636840` (`created_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `task_file_chunk` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `content` LONGBLOB NOT NULL,
    `file_id` BIGINT NOT NULL,
    CONSTRAINT `fk_task_fil_task_fil_e29d465d` FOREIGN KEY (`file_id`) REFERENCES `task_file` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `outbound_delivery` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `event_key` VARCHAR(40) NOT NULL,
    `message_id` VARCHAR(32) NOT NULL UNIQUE,
    `type` VARCHAR(64) NOT NULL,
    `occurred_at` DATETIME(6) NOT NULL,
    `body` LONGTEXT NOT NULL,
    `personal` JSON,
    `member_id` BIGINT,
    `forgotten_at` DATETIME(6),
    `response_status` INT,
    `created_at` DATETIME(6) NOT NULL,
    `webhook_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_outbound_de_webhook_1626d8` (`webhook_id`, `event_key`),
    CONSTRAINT `fk_outbound_outbound_3df8e6a2` FOREIGN KEY (`webhook_id`) REFERENCES `outbound_webhook` (`id`) ON DELETE RESTRICT,
    KEY `idx_outbound_de_member__787041` (`member_id`),
    KEY `idx_outbound_de_created_839c9c` (`created_at`),
    KEY `idx_outbound_de_work_st_42d925` (`work_status`, `webhook_id`, `available_at`),
    KEY `idx_outbound_de_webhook_fdb02b` (`webhook_id`, `id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `outbound_attempt` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `sent_at` DATETIME(6) NOT NULL,
    `milliseconds` INT NOT NULL,
    `response_status` INT,
    `error` VARCHAR(80) NOT NULL,
    `answer` LONGTEXT NOT NULL,
    `delivery_id` BIGINT NOT NULL,
    CONSTRAINT `fk_outbound_outbound_585e8e49` FOREIGN KEY (`delivery_id`) REFERENCES `outbound_delivery` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        ALTER TABLE `job` ADD `last_done` INT NOT NULL DEFAULT 0;
        ALTER TABLE `job` ADD `last_error` VARCHAR(200) NOT NULL DEFAULT '';
        ALTER TABLE `job` ADD `asked_by` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `job` ADD `last_finished_at` DATETIME(6);
        ALTER TABLE `job` ADD `last_started_at` DATETIME(6);
        ALTER TABLE `job_run` ADD `trigger` VARCHAR(16) NOT NULL DEFAULT 'SCHEDULE';
        ALTER TABLE `job_run` ADD `asked_by` VARCHAR(64) NOT NULL DEFAULT '';
        ALTER TABLE `orders` ADD `language` VARCHAR(2) NOT NULL DEFAULT 'ko';
        ALTER TABLE `discrepancy` ADD `resolution` VARCHAR(200) NOT NULL DEFAULT '';
        ALTER TABLE `discrepancy` ADD `resolved_by` VARCHAR(40) NOT NULL DEFAULT '';
        ALTER TABLE `discrepancy` MODIFY COLUMN `payment_id` BIGINT;
        ALTER TABLE `job_run` ADD INDEX `idx_job_run_job_nam_d09eec` (`job_name`, `id`);
        ALTER TABLE `outbox_event` ADD INDEX `idx_outbox_even_aggrega_c2ba0d` (`aggregate`, `work_status`, `available_at`);
        ALTER TABLE `product` ADD INDEX `product_kept_updated` (`archived_at`, `updated_at`, `id`, `sale_status`, `display_status`);
        ALTER TABLE `product` ADD INDEX `product_kept` (`archived_at`, `id`, `sale_status`, `display_status`, `price`, `origin_price`);
        ALTER TABLE `product` ADD INDEX `product_kept_code` (`archived_at`, `product_code`, `id`, `sale_status`, `display_status`);
        ALTER TABLE `product` ADD INDEX `product_kept_name` (`archived_at`, `name`, `id`, `sale_status`, `display_status`);
        ALTER TABLE `product` ADD INDEX `product_kept_price` (`archived_at`, `price`, `id`, `sale_status`, `display_status`, `origin_price`);
        ALTER TABLE `product_option` ADD INDEX `product_option_color` (`color`, `is_retired`, `product_id`, `color_code`);
        ALTER TABLE `variant` ADD INDEX `variant_low` (`is_retired`, `stock`, `id`, `product_id`);
        ALTER TABLE `orders` ADD INDEX `idx_orders_updated_68a8f1` (`updated_at`);
        ALTER TABLE `discrepancy` ADD INDEX `idx_discrepancy_payment_5c0bf5` (`payment_id`);
        ALTER TABLE `payment` ADD INDEX `idx_payment_updated_e40f62` (`updated_at`);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE `payment` DROP INDEX `idx_payment_updated_e40f62`;
        ALTER TABLE `discrepancy` DROP INDEX `idx_discrepancy_payment_5c0bf5`;
        ALTER TABLE `orders` DROP INDEX `idx_orders_updated_68a8f1`;
        ALTER TABLE `variant` DROP INDEX `variant_low`;
        ALTER TABLE `product_option` DROP INDEX `product_option_color`;
        ALTER TABLE `product` DROP INDEX `product_kept_price`;
        ALTER TABLE `product` DROP INDEX `product_kept_name`;
        ALTER TABLE `product` DROP INDEX `product_kept_code`;
        ALTER TABLE `product` DROP INDEX `product_kept`;
        ALTER TABLE `product` DROP INDEX `product_kept_updated`;
        ALTER TABLE `outbox_event` DROP INDEX `idx_outbox_even_aggrega_c2ba0d`;
        ALTER TABLE `job_run` DROP INDEX `idx_job_run_job_nam_d09eec`;
        ALTER TABLE `job` DROP COLUMN `last_done`;
        ALTER TABLE `job` DROP COLUMN `last_error`;
        ALTER TABLE `job` DROP COLUMN `asked_by`;
        ALTER TABLE `job` DROP COLUMN `last_finished_at`;
        ALTER TABLE `job` DROP COLUMN `last_started_at`;
        ALTER TABLE `job_run` DROP COLUMN `trigger`;
        ALTER TABLE `job_run` DROP COLUMN `asked_by`;
        ALTER TABLE `orders` DROP COLUMN `language`;
        ALTER TABLE `discrepancy` DROP COLUMN `resolution`;
        ALTER TABLE `discrepancy` DROP COLUMN `resolved_by`;
        ALTER TABLE `discrepancy` MODIFY COLUMN `payment_id` BIGINT NOT NULL;
        DROP TABLE IF EXISTS `order_line_archive`;
        DROP TABLE IF EXISTS `outbound_webhook`;
        DROP TABLE IF EXISTS `payment_archive`;
        DROP TABLE IF EXISTS `job_cursor`;
        DROP TABLE IF EXISTS `task_file`;
        DROP TABLE IF EXISTS `message`;
        DROP TABLE IF EXISTS `notices_seen`;
        DROP TABLE IF EXISTS `message_template`;
        DROP TABLE IF EXISTS `orders_archive`;
        DROP TABLE IF EXISTS `background_task`;
        DROP TABLE IF EXISTS `refund_archive`;
        DROP TABLE IF EXISTS `outbound_delivery`;
        DROP TABLE IF EXISTS `outbound_attempt`;
        DROP TABLE IF EXISTS `invariant_breach`;
        DROP TABLE IF EXISTS `order_event_archive`;
        DROP TABLE IF EXISTS `task_file_chunk`;
        DROP TABLE IF EXISTS `refund_attempt_archive`;
        ALTER TABLE `product` ADD INDEX `idx_product_archive_10dbaf` (`archived_at`, `updated_at`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_638322` (`archived_at`, `name`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_ca4bf3` (`archived_at`, `product_code`);
        ALTER TABLE `product_option` ADD INDEX `product_option_color` (`color`, `is_retired`, `product_id`);
        ALTER TABLE `discrepancy` ADD CONSTRAINT `fk_discrepa_payment_0dd5587d` FOREIGN KEY (`payment_id`) REFERENCES `payment` (`id`) ON DELETE RESTRICT;"""


MODELS_STATE = (
    "eJztfWtz2ziy6F9B+X6Y5FyNT+zESUa591bJtpJ4Y1s+fkxmzmhLpEXI4poCtCRljXbP/P"
    "fbDfD9EilLMsWgKhVLJBqgusFGv/vfexNuUMvZ78wM0z3nD3tt8u89pk8ofEjda5E9fToN"
    "7+AFV7+3xGAdRw0sb9i949r60IUbI91yKFwyqDO0zalrcobDe4yS4VhnD3CPw2fHfGA/m4"
    "zwEXFcfTSCq7a4obsunUxd4o51l8x1h9h0NHOosU80WIDbGjEdomkCqH2gaS34MrRM+cFZ"
    "OAANn/GhDD6EpzLZwwus32cwnaY9zKjjahoZwTc9WDM1dZ/1mXZPYRTViM4MWGrkUlhqzC"
    "2DzHG4O4ZHGyI2vZ9htAijT9QmU91x5tw2nBYZApkc/CECZEIn99R2CGUwFzWIfs9nYqKJ"
    "Q60n6uwjkmbM/OeMDlz+QOGODaj64+9w2WQG/ZM6+PWPvaFNdZcaA93dg3t/7Ak8IHDyhq"
    "vbMM3AXUyp3Cviq2ns/R3nnD4ORia1jNieg5twS1yXcHDt2Hw4Y+5nMRbpeD8Ycms2YeH4"
    "6cIdcxYAmMzFqw+UURsfCK659gx3IZtZlrdj/Y0pf3E4RP7UCIxBR/rMwr2M0PIBwmt7g8"
    "Fl73Zw070dDPZS+9yHiGw979KQM3xH4FEdgYAHfISffzk8fPv2w+Gbt+8/Hr378OHo45uP"
    "MFY8b/rWh7/kw4TYklMJnJ19Obu8xQfi8CLKVxQv/CVgdFeXUIKiIfYDSsYJcDLW7Wz0Bw"
    "AJCsBPS1LAx3cRCfwLIQ1C9rENIkz0PwcWZQ/uGL6+e1OA31871ydfO9ev3r15HUfypXfn"
    "UNxCdMfQi09UDb8eRAMR/P5dCQS/f5eLYLwVR3CC4ZTFcgKsgah+e1gC1W8Pc1GNtzJRnc"
    "WvlyI6k2k3Ac0Hh2V4BozKRbS4F8e0FATSaP7bTe8yG80hRALHhjl0yf8Qy3RSB+QO4LoA"
    "tYgLnHniOP+0ohh9ddH5LYnsk/PesUAOd9wHW8wiJjhOsmsUuqrgPQBQaH8G2kGIdKqdki"
    "HE9njK3t5WOMrRmzIcBUblchRxL7GxDQPw71QSREKQxuH43VEZQe8oX9A7SiIYtDh7oANK"
    "3Co4jkM1Ds2HpbbyYcFWPkxvZZv+E3XqinJIHKpxmF6/YB3R7FNoPoU7rjmh2aiOQyYPRg"
    "903//QrOPx9uyie3PbubiKnZGnndsu3jkUVxeJq6/eJ8gSTEK+n91+JfiV/Hfvsps8SoNx"
    "t/+9h8+kz1w+YHw+ANYdwYl/2b/0F5piRo8RcwBeuNeHj3PdNgapO/yQ541N35ocTpJXdA"
    "YczvCwic/pWRmPYZYHm8+Ycas7j3sZdsjEiFaRNfI+GDtw/cGlbJI4ep9oU31hcd3wrG+A"
    "YdgynvnNNBxxdWrBFiBPugWcpEUYJ1NqgxSiWwTNK/uZFse1zS4shI4Lb4mwP87H1KbCJj"
    "jn9iNaMBna/+a26bqUEWFjhPu2zhzPaMhH0ihousQwjTZ84cJ66OqP1JGj4VkJx2sPHK2I"
    "sOLI5hO8Z9N9gjRwcBo0kmqWzuBJ7BnzbKZEJ/g6t7ylTZtw26B2G37tjDHAyEBCmHIt/A"
    "KPYFoAK34CrDrWnT7zH6RFgGQcbhpUN3CNlsCS5AGIUWpPTMeBX+bhAy2q3k8CBgRINV2H"
    "jGABhzBKDQdgqG1ze4A2UgHjiM3T8takf8J4HZCKptop5VOLlraP4g8YIHFmUl6yTQ6EWI"
    "hN+KSbgpEFNlLvKAIOeS9GoHUUr4fwyl5aW3tpgtJp8aPLZhNBiDOGL+WQpgiS3Czbk0Wu"
    "upenZ5dfKookPlibeB/67BROozbB/+Fzt3MKn+H/JAMsZT95X8Z8kjwhI9aT9ylVJ/rCVR"
    "RdkrBKeKmd8BIltUV1BznzI61kPEiANU4ZOCzzTh3mv1OH6XdKukQzWF7usRMFWX74rAvD"
    "bzZ7+BwevPvw7uPb9++CMye4UnTU+MdKZOfqoIsKcaTSxo1BNW/fbsJcYIDouMJJEAFbwy"
    "HgyUnqDFj/GTCd3VvmsKI1KAa0nvfoZWXjDfN/8bcCfv3xDXT4rd/SFtUWU4frcnUiCr69"
    "g/awog7x9ezLV5D2++yyd33ROYcJ+uy8971N3pbUGuQB/Pbww/vg7MUvRcfuDSx0nnX2sk"
    "qb2R/fuPN2/Vs5auqpZJ1PwK2E6uQhWyOOvAGmEZi/Kp17MajGbej1x295dts0jvNDAiIg"
    "KijgGUEBwtZdBfEBwLPQvjui+sawvrpp80WsmjB0Ro2KHGbvv+66d93TNpHQfQZ6yPUtXo"
    "DfYLt45fPZ5dnNV7w0MpnpjMW1ztm5uKKblrdmRR71sQSL+pjLoT6mhUeO5HQGqLBWMM+k"
    "4JSNJiknBihyuatbq+A2AFTITSJXukCrsPcQQvH31fl76AKtIjfGoRonN65fPJcIe+TVkS"
    "xhGofijUQ1SoxVc/5EYRSWy2DZdAZDlPYsT+JJhB5wblGd5cQeJEATCL8H2E1hPLiyXaZ9"
    "3Oudx5j28VkixuDy7uK4e/3qQJAABpkuzTsi43EiFUMdA7gGGmHXr+ircMdVdvvOeYs85W"
    "4FMschlU+wzlT29fUVyJwAVXSuG50rBC9HN4RFM4xaxx7Y52/X1NJz8m69WGSMfv0M0+wu"
    "Aw+vervyr01Gd5/MbIfbexlR3d6dVlE09z84PG84bmkg9+2YYgD1kPrxyTBBm+hkwieUuR"
    "g6TExDVHi45+54n5y5GAA84U9YFQFz+GQAsWVSh8hcSoyThiGGiDyWdRaobsMAOx3ovfXV"
    "l8ck54YPv6wrv4E+ufxYYUn+qidQCKUOn7odPjHzMHfM7OIORdH4UajGWIW3EJNfk5ylM4"
    "NOptylbLj4RhdZp1tiROEpZ4ZjB4/e4FI5SzAY82xEGaMhn8K5I79QZkw5EAdzXUYjOnQ1"
    "go/np8focOjoBiWv4EAS2Tnw87BCEJxQZKovkO/AQfU6O5NpC2tmHGt/7InF8K6/EH720z"
    "kRa38ve/SpzJmXzJwJ6FhW8ggAGmjA+ljGgPUx34D1MW0Lj7wdpW3hEZgGInkjtVminKcC"
    "qhNgDcT24VGZogowKj/u+ChVVuGeG4vBWHfGVXAdA2ogptfvrsyJtSof9LNtv/D13eXlCp"
    "mMHlibeB+imYxJoecFgnmk/FSJgwcQjfNlrn+X71q64A4njEiczZhrZgROFds/EqDKoVZr"
    "K8hu+U23qXXtOpXrYnFh9/zPC+o4utBi0/aW6P1WobUFRw4mkaGlbC0eAJr2dfIEKhO3W+"
    "SRTl3CQRrCKi2i0oiJ9aFR8gxKnGBFEaJjHRIyhGf+5Nn0dTI20Skgrfo6LD10sy0uW1s5"
    "2+7CZ7aU9rznCMo4F5U+iZc7UaaYWppiVBETVcRESVA1kaB2TStRRUx23FunipioIiYqlq"
    "BWZ0Aoa5d2jgUQDbRHrb93QUSFqYDkOFQDEX3wy0EZyfWXg3zRFe8l+kTwqTmsguYAoHGH"
    "wfpt2Kjnp3F7Cwp/vi+sMZu3iOV3f7uNcftUsmTA8c97l1/84ckMyqSvd0jNp5WsmwlQpY"
    "PV7vytjX3zSbdNnbnHNtWH471ME2d8SKvYyukNHtyHo8sVwh4DuWVrOgR9RIPh1OYTEwEC"
    "syMWdKYjalP4LAyOaGdkRNNkuefDN4fvDw4O3/z84b/e//bLf19dYFs8LHHNmbXIKZG9+X"
    "VF8WzYL9ySr6RfQpuhFRToIVroYc1ti7MHapMR1hEnpvsJ7ks0yucbcgxsQ8LjBHyKEzzA"
    "G5FvRfV+CN4PHl9FrO2GmTRCu7KiTASkESfuRsMdwheiAoZjQE3E8dojAw3q6llu+Hwchx"
    "CNk8g3Yp4ZmbbjDhxK2UoZhwlgJSvWTlZMWT1XpHUSVpG61qSOSIzV9b8Y6FbMryq6Zee0"
    "v7/x+70MjQ8vt5bkx5ZX7GDwPumBHiSCQ7DpEKg4GFTCyIzRP6cm9gYX/kTs5+MIvUcTrO"
    "o/NOJSUI9gMEaaWLA7HVc0/RHqEIWtZ2QrdRteUyh0clapDIqcI5lpNPL6uLszm+2TjviL"
    "rYFgKW9BTEWaydwki45A7VxIlXNIHUeuYpjUaPtJuDNarOWp1Nvapd7KrVEF2SFE82ReFd"
    "6rJKDVJCBg1e4AeO8KElACVBG61oTWncfKhcaiMI1jmhtIPxHK38oFqDLAVVBHnV8pQbBn"
    "lKLKglcUrz3FKxbijsGoGEMVY7hNI3Z9rCDXM7aXbQjBO61ltcJsb1Ape0hgSzBMgzh8Qo"
    "UHukVkUX9RpwtNA0K8QWvCPtHwBdXIkIPe4gRtlEXbYoPw0SjbBrKhdco0JEac+OYD1U24"
    "th7mKJnK8rYoTAP9n+uXu2H1h4c8Y9DyTKcI+BYPkpuTr93Tu/NuxQMlgGsT/1OfXXQu77"
    "DlmvzbZ99719/aBP9Psq0XSnZSuucWCnzUpe5xCcQrR1YD6h7X7ZhpEqEr6pjbVy83L7mt"
    "TcOsrFwqvXJX9MrezL3nf3afqCh5nVIuo7dbRRomFwMHNBhZSs0Uw9siCFlnhlf2UgYktz"
    "DWeArfONMtguoB6H76A7CIB9g5XnSyVP7QuX0PD9BKBDx/0LRsrXM7y5ZRQgtLQ7TIH3vB"
    "0nhbFZJYgQuqQhKr81RVSEIVkmiSUKgKSahCEsrJ05x9qwpJqDOg6hmwC7n3O+xKiCkspU"
    "3VUSCF5hJonuoLi+sZml1+d+gIyLPaQ9cN1QWo3Uh/6N2q51oXUuzEOVETo9yVZ3+C3aR3"
    "hphysZdhm8sY1Soy0flWrYGwVeghRClTnYT+yRE2MeKM+RzTVCYyMsPlsumNq49GZELRnL"
    "ZPNBMEeifV6kaA+hVWMX3lSbdm1Mm21G1l1TKGusirK+1yQ1cK1ckbrm7DNPKtFtgXX1WA"
    "SW0NdAElSwsrPkADBZX1d42ezmzgzNUqRIQgDUTxBqJ34iyntF4TB2sgqtdfJC9k59UR3d"
    "wSeZtoIiWO8SpYDgAaiOGNGLpAcHGyenMWFZbxIRpnSjwqheGjAgwfpTEM2obtCdmlhYsQ"
    "pHE4flem+9m7/OZn71K9z2YOtQegQ1Xr6ReHahyaN8QsZHO+aidfHKpxmF6/KKdsS7moV7"
    "altdiWbnXn8bMpfnLKohTcaxXZkVwYBatZFRoE4eiWMNbwERG1Ih9hF4kyJDrB+fbJmUse"
    "OFpsTHcsDDTysmY6sMknU4u6VGsT3a964vXxsWm23WjTC2YWssQJ8CYupQpY7ob1R9Aq80"
    "RbHpflw9ZZ4di76d1dn3TbRFbD7zMY272BmbhLnT7rXl/3ruGriBGA79fdq971bZvYdMpt"
    "N/lqlTkT11wA82ULAjVfCZxQw9Qrm47iUA3E9UEpXB8U4PogjWvH/FcGlot4vQ/RmHiorX"
    "D7yNkanuUZiOfcojrLOWXjkAkC3APopigQXNmuDH3c653HxOfjs2T5/7uL4y5serHlYZDp"
    "5mB9t5QYlUm3YhwVqgFVhdcIUJMyrbbA1lLqY5wSaTJ85jY1H9g3ukhJsQnUe9rfMeiXDz"
    "aW9b/1JtwxYvzl7zb/avh22/o8UL2imxCwAL+dSk520rk56Zx29/7K18wjTG48Y48Zpt1j"
    "D+7zt2tq6eIn5GLc17dPcK4GIfyvbRgwJNIKrBgBVkuYMgbDYPBSg0aHTE069HoOS0OD7p"
    "IJsFdyePSefDveJ1c4wCG6TUGT0g3MDsMaryI/DOHgi2lj/lnaerH22Z9RjVWZJl7SNAEP"
    "5WZ6No5NptuLHAkqBErKrAvQ+HeXyWTi1YvYDMQl0L6Ozy47179nt7Q6zojwPP79tttJNS"
    "uwsvvgFW3+CJASbdYl2vhm5meKNlHD9o6RoaxQE9l+VYWaTZ7Wd1MRc55xTHt3Cs/nWThm"
    "6bGsOWMdTkiRoi0PQXF8iuRslwxh8RZxuLjuYCF0cdOdm3DWIgQWI+PzT0Sb6u5YwxmC2F"
    "EDEM3IyOYTmKnlHbepg3vL6/fZ1By6MxvjX+F12CcaGouCwmi4jOD4XlcuWFFWhHf5bDhO"
    "dPgyvULvOggZEuVYe83VH/EeczmZIcK5TbAvB64P37EivPgtc0qnStCoO48tEjTkxq1i/w"
    "0hVOH9pT59fKGrINcf3zjUbsSBMTeNLPTmso5gfJOEtLWlGYPm+DDOUDly0RkCKHxm4DPb"
    "5VMjf88O4TLfVZ+NzF1wz6/ISX84J/suh06qBKONJhjtlrexLqaz3XM3BnprVTLHIZVTuW"
    "5UrklgbMfLvMgwVXXCpIwCW5XIKoiMXGqx+o7hpET3UpfJWHdko3eHOJS5WOpebpUBH2le"
    "+Kk39ieHmIHfxxslTEiynKFlBT4htMQ47ZSxantL95l8TTzjl+5igcXosnPuT6P8VTttRg"
    "q3TDUqxOFWUn2S5ZJ+GGpEC4Td00odzAOAxknxb8vImG/zZcy3GdlPQ3NqVkwziwE1UJQ/"
    "KpcxWZAwmbKUjjOLdheYSsfZZbubgN6DgzIRyAf5AcgHSfT+y5wOQW6pguAISANRXCYfNT"
    "8dNZWNuivpvrtt8PdQBs/u6lm9dZciOwLZuKNvIxhXFpZc7O+67h1Lpp8aK5I5DqnIXG8y"
    "o52iqqYcAWqSb+plg9sQqWkyVA5uu/Om2TESlA1si2y9OgW2ncBz5zRN8W+1lpoLh5GRpR"
    "LpdebMqe1XPnyitgM3Zaz4lFvmcJGdDr8cTMSGyc/C4KcT79l+ckQpRfJK01xqTxxNaxFN"
    "m9rmkw5DxZeJbj8CZ2cPAzoBwSp50fGBwksMgwY07XWrz7gdvaNpbWk8hMcUpUO85xSRZv"
    "BW/DybYhL/pEXmY3M4JhMKP43Qn3FdYYG8ubjByDRDXyhjYt1ZY6vAmCi3YiVbQADRQE1q"
    "/ZXsPCZQBcMRkAaieAONZUBso1lcpCjxOATaYs7xC6Vv/Kgpx3UhgNJdlO6idJcfT3e5Bl"
    "5mU+OcP5jsLDM5JzGiUJOx5diBhYO9X7tcm/l60Tn5+eZrB5NaPQFfTIDRBTOGmayaBjyn"
    "M/jW/R3VBxFewEWQggwjgCPUcFClCWMT0srPxlZ5hmJhmA/UqeRJDCEalxOwrnSLfE3C35"
    "7VRYM4pBINaica1CRyTBxiWRmO3uFWbAQqGSym+exVE0xKk6YWUQRAJAAi37InumU68PHV"
    "5edvJy0y1B064pbxGrMDqYPK24BO+XCsERvGedl/WOLQu+sQyow0F93i2miH+j7mImEReK"
    "7NZw9johOHD03d8ng39ukVsWOMk8ijvbq8Oz9/7bFwzKN0nDkH2sJIWPQVNhdcvG6Rib64"
    "pzhCWo1gRQ1LQGKSZSwpEhn+A9BENCExuSHNZf5QeBh4XKclQ94EAEOjFUDLc2WuLz5h5Q"
    "ZNh+uLCaJGTI8NSBZ9FrQYFn1IRPqlTSf8iRrKblV3sbjotIkKQaUjsSIwKx3w9Qp/23RD"
    "keh7XclAmARsnPf/Yxlkf8xH9scUsuufGbTD4W7iGK2C3QCgaVzi8KiMGgCj8sNWjtJ517"
    "WLJkwheEt8Yf2hhM9raP8ivew7J7dnv3YrItyDahP5t89u7m6wqX33tE2CjyCxgnpzet35"
    "LpreR76Edy7D65dJ+fplvBMg21aLBQ0Atki0487N2cmWXpK1Yzim9qQxnZ8FnoRrTPnf9b"
    "ZDx4CAAUjO1S07GeCqaXfdrDvxKh+Bhl6V1gnQrdBZpX+uRuaYraQqoVPA6pWuM62Vy/6H"
    "ILOKKm8smSu4X1LpO/SZpbMjKfm7SfV00ewYc5TBt89EUiQQuYlICn0xz8TT92CipqIqsH"
    "3DS0Ofu62uvMmuca6mYkx6HAf6UBZUfR7GbsRkHTlXUzE25JMJcJuB7B32bNYlJrsO+pDt"
    "pKBejDD6hOjy0PZMfHVxLg9pDUXXhE74M7GEERkXME2TXsFNRrZEDsaM+Jb4sbkk1WkeH1"
    "wq28lrH7xPelPKMOPHooRREyMiyBA9C5YlY0/IyGSmM6bGPtFkk/J01SI+hyng1HJkhhFl"
    "BsGQEJNife7stKktr6+CPnY06EOSvIovJYRoXBDCUakSBEcFJQiOctuPrxjGGYdVloTaWR"
    "KipDaABVYncgilyFtr8gbn5iqG3wSsMvDXmdK+TLQCoROgis51prNKylNJeXUgwc4n5Q05"
    "5gacYL29zJS8yP1Wkb4N9B2NBrY3fuAX8Cunc+PoFjat0skjXYB6i9HS++TMReX1ERtVDW"
    "m2tlwaMkPP/UM+9J6gqkFliPbflfZbF6bTKtB+Q4KliJCvAMeAGhgtvv42UrPVomJmKh5m"
    "N8QoybWrsrIolBKk1iVIBYfRMyWpG3+eHSNCWVEquvtqJUtxK1uGwutlZCd/XIlm4Dh2nx"
    "zPTMv9WSSnUgdEoQkVqaKycNmYT0VaKky++CT7esL1BaaiEgNzXRm5B/lprLMHbLxJ/xzS"
    "qYt1zoim8TnsHE3LahS+xZWVa6LGjGyZcFZVLlufSFajFLP1V1BTuZEbzI00ncE9MjYzw6"
    "1WWD8tDrjFGmrBFVVETXlg6qxoqIjsxpJ5pYjsKbUnpizBksFrK0RXoXR9FUy2u+RfEhia"
    "rRtWCgdtmFq40Ri0xK7K0eri+66MfjeYxkFKWccxgEsWhtOF+oU27v1QV/KrEtl87rSJ6f"
    "p6lij6I6rKtWQMGBYTgl1Cbb8Yt0NMNrRmBs0ov7TNhTNt8746HMGYss3vhPoX3+OlC2HE"
    "oBqor7wr00D7XX4H7XepFtqCo1Td6xEgZbtdl+3WZ1bPNN36psIdI0FZy21k69XJcHtD4c"
    "mNz7IDesZRH7tf4qB3xPjBKARYeszfot2UgkbrtuCvbmFQ95lLZBqQcGITDSYdmfbEK+ln"
    "YtdcbJory0q4dBpEfzM6p45LUB0ieEMe4VjtD/1y6aN+24s/w65bF3+VOuX35E4ZyI1T5a"
    "BPATbwrD88KtPmEUYV1BZLtXoMXrZquz8G1piqPlvudHxPH2arFP2JwinbVe1sV4n09+CI"
    "q2yLTsCqqJe6UbqClTItay41xPUYveXw36ZDNF5U7thQgMbzZHeBySyh3UfxEmm9nHweqf"
    "iNsu8Wa59vYDnRdm8yA6lAxmAM/EINWps4fELvubEggCzUCkToBvEHEJQl9skdc00LDX7w"
    "cF4YB5ZLl2sQPqXMCRpa4DwqmqP+ok7NqovXjBCqvPjL6VLrLzCexfsyOExRxEfeFCr2o0"
    "Lshwpm2mAwk6qWHamWnZSwypBE1Wbe253azCqMbBVevhOauwoj++HIrBzbyrFdBxI817F9"
    "DW/C9dnJbZFnO1pvKJI8/dywyETidkMQ/5eqzbfeuMiocJqIWsjGqm/pLhFwmgib2El/Rz"
    "Z6Kxio43VrMwzVqcK2+QbreEHdcpZrjON0+SNlokqC6TphhQQvwGMmrLka/XNqwrwY39GS"
    "QR+vNC+PW3stmxTLYoTS7su4S7QnbhpyRHYA6bYWVrblGksXrQLbstggla2ecajG2ZfXX8"
    "YhfMWqqk1xSKU21VptUtU6mk3f4NSrSuEYoKJxnWm8W4ZM1XNMlS/cARG0wMClyhfucPnC"
    "eIuTrCiwZA+UgmiwWO+V8sq1ZbJHjL+a3f+DDt0gD2Jq8yc4dLEIv2lgAqS4SG2HS4XYpX"
    "+6sij/I10g0CsfokW8uUD5ZZhLCSowoT9jG+5sLXurTyCCx0RPcLGQX90nWA10fkvGibXI"
    "E58Nx9QQpX3gH2jubawONGcwKNKnwF/E4qDXGbDWQkSgzabkfgHraTYdAesdD4Ta5yWfYA"
    "pBCx586uJc2NcA50NMkMQDtcjl3fk5hsLZFB4B01rhxz+YT5TJh4IraFagtDAd1Z8OB3jY"
    "2YO9+UfAQIIBKku1Nny/VWB6iBK0dLhVBKaBQShlElTz81NT6an+a1IBwRGQBuJ3I1lBgh"
    "dXwXEAsBKGa6b6JRFcxnQGowoQnDKexY6fNKJv4RjNcUgnAZuA8CItrPvbbUwB89H66qLz"
    "2+uYEnbeu/ziD4+Q4eS8d5xMeoMjfSV1OAaoDJd1V4df3nCpCKzsHQ2Re5W9o5n2jl+pbY"
    "7Moe7mFKWK3W8VWTuekiNL92nYJ5deahcfoUveK+drU90g+CvbxATNHEcK172r26BGE90W"
    "1aPG1GlJTV3HIhFzLrs25Pd22MhqwoYhhwovsrApYLgUmc5sYH3w6zG1g1ErMilWuzCfaG"
    "BecXQseiwCE/CreAQsgAVPB7/Cs3rgnZFpO26f4SnUkml1aJBoE/lOtIjD/Rpb3tNjWS20"
    "Sjiz4VjOi1NRHb4Fzwc04sKmAz9qouOvd8OnmnDsyIqmE3wSR/MDLh5mogn6fkY5j+BBiW"
    "0+jF1cv0WCMAyZSIhj4IpIOyQu54+qh+QOnAWtAhsIvA6Vgy+iMCr0YmnohcdIqmA4AtJA"
    "I8iajUweR6xkxQtBGojf9actRU7KKmhOgDUQ1evnFihhVMGxP34tlqVm82HVMGobaBYCZx"
    "rFufJcMF6lNCZTGlXQZi6qm2QaU2WnfhRK18LKreirQjdV6OY2i8etz/x7AgR/4PZiL8P0"
    "G9xrFZl9h9FRy6ueGXTqSuvogbBB6mSi/wP++tPskxvz3gLKO8LkKmO77hdEA6SbOIsm7K"
    "+MmFlFztY9uzJD7qgZUtUB2mQdIGv2UAW5/vjG2XbXX0dMMLA0bm8mumXlso4AqEk+7beH"
    "H94HLAO/FDGJm4vO+Xla3/W5egXrQRREGRBSCIVTk7mVwy5iYCthtWY6Ri3iLiRW05SoHH"
    "kRFfR2iw5lgy9iG/AZ9VSGY9My7KyYzSolQpqH77jS6v28wdTmxmzoPrOgypWcpQLS6nai"
    "raeuSkXN7rP+z70MpQ4vt4r0uZE3YKkqd1OgPLW8MBbNdAZCydL2iaYzZ05toZ1NLUCDSB"
    "dKK3FrnHe5+vZHTH8NDv+/K7WulmpdlFhp7WN5DdIYsWus6u31rk+7123CbYPafXbaPT/7"
    "tXv9e5vA62piEa4+OznvnF20yRB2/KTPrq57p3cnt23i8dw+u+hiydy2lxDXZ93bkzah7j"
    "D5vr1MAAAgz8mWzPPVyChMnYm3aqbJmzLaJIzKzzR5k9InJW9MYzk/xSSEaASOt51colTO"
    "Nauc/kmfcewWVVOPgm2xgrp/JO9sAfXd8jjVhpXsgstJVT3+IchcE8/iJXfNId3LUEG9O6"
    "0iLZSFY8p1Oh3zqXDnYV1IMrL5BNTH2b1lOmMv34CzWM3Hq7vj87Obr1jSf2oyRg3MT3Bk"
    "woKnboa9R3ManG52TZFSgmUrEpqtX9tiotuPs2lpPTfSfiHyjErTVZrui7LlvS/dy+5157"
    "xN5PNY2dpuWr/t/tq9hO/wKjD4dvP7zW0X1GFn4bh0Ug8d1zXdrErnBeHtPkCdCbZqDsFh"
    "Ge0WRuUj+DCl3SJ3rKLb+uMbgd9ta7agUclTq7omFsKpZlYVdLEd7Ld0et35fLtX8QgQQG"
    "0i/gCrD6Wk4GM9GHpMcKqoNiVhVdxt3fSmWFlck84HQdW+kna8OJCy5CnT0g/57ijTUmPJ"
    "XCvTknNDaWbJkujt1nIjkzNw/JGlTE2i8gcWFsViGbrnX/WLZcAZ7+J1b2qsNUJsPm9Lm0"
    "22Hek5E6KRCK6MZMgXFiNpk/mYCwPR3AbJEutwmA6CkDEH5MpJ+fDRL9/qF0zFsiSmSx44"
    "Nvk23XHk5nND4etRqkkZlfZwo6/AlyNgiikrppzTlYpb5nCBtpcsnhy5W8iSp2LcwPUHLu"
    "XIHWLY+sgVdZJk8+x90gkVRwKMEBvdejZzA7ibHxLjEB1QTw2s9my6++SYIhcVbaUMmMx0"
    "/dpLyA1hkTlLs++tro68/owhrx9S6W4ISyzJ+kw+T/8GU+lMTKTR0YgOXfOJDjjTvAZZ0s"
    "vwpxs8nwkHyyn+Emyp9YRFrRFYHAp9BpMG2qv0WIhzSpIKh2LFKAHml4sqqHktgPC2t7Ss"
    "eB1ejj6uqnu9G8dKSL1V7FQhdJ3Nsnu33euLG6AutScO+iPOfu2c/I7+CPNJH2I8Xq/37a"
    "zbJkMQ5EzaZzedc/jm6BZ8vu5+vrs8bRObjmb4Rl10rr/BYXH5pS28eHBysod6mLj8tzKT"
    "ljlmjxCkzgRcOSqvVFBeQUxeKntOWXVrZdVVbjrlpmuQm06KoaAhuJU2dQJsi8ylIl9ZOQ"
    "u6XBp0UR50amPHhNUUslGpzkZ2Eq5Iq26UIwiVZOVU+4GME8r/88ORWfl/Gkvmmpgaj22d"
    "GRLPKUNjcK9VZGa8j44q5fXB6unCiaKL3ncH++RKd8eyjBAfkdnU4rrhtAidTN2F1xrOFf"
    "+LBvOMZvt+1jPtmssUPdtstivumGeGNhQ4WsZ8OqhagygG1AjdJ1EatowE/j5fAH+fkr8t"
    "/sAHUz2rYk5BgeMoUOP0nI1kkY70JxNWrYzqJJzCdhlsKwFKCVAbbnIMJ80ZG/EsASq4Vy"
    "hAibPK9IetKEF9lz1qPG+lSKeazBxX5FRh7hQ6Q6fwCxzyqj8bfnzzDv7/8Msb+P/N8KA/"
    "04cf4PP9h18+wv/DX44IDjoYHuCAjx/etOT3I7w5AlDj4B4+Dw8pAv1iGBLo9aeYbGW6Jc"
    "W0Wj57nwmp0CWUuXDFIAu6kXY6SkB8roA45JOpzhaVZcQkXONO1INSJ+pBwYl6kD5RbToF"
    "xg0vhe5W7IaRhmwcxtdfH/R+5piMOs6AzTDUpQq+M0Abh/CDw1IutgIPWxLh2H55IGoFrY"
    "DyTODGIf1dmV3+Ln+Xv0uX1jEMYA05jvxsVEdAGofgjahCU8BRtUZcPkAD8bvuQJQtt3mv"
    "NXI30eWdTymDRxiM+cyuxCZSgM3D90aYhQzFG/DRyBxWOwMzQBuH8/XLeQmsDSozlNwJGo"
    "f8jTCYMXcwchTr7D6ZRrUdnwXbOKxvRJlU5tlc7Cvz7HpSaWSNm72sPBrvVqswiSYyaHlH"
    "HmDCQ6qRV3POXqNXeY6WTTR4wq5yyRDQijbFeZto3DYfTDbwACzQZETGh7fcTw7Bws2G6Y"
    "gc+IzuPJtaSVTK8r8NuPhpomiWpk2pPaTM1TTCbfiqT3CI/CZMpy0SAGrSZisBcAA8Jmbz"
    "+PdlVqSOI0xu9JlMp5Rlv4LFHVe3XUcU/5KpNv9Ao/C9TO4Jh1FmiEEtQk00yKKvfz42h2"
    "M/6wdFwE9Esyn8XuAYEhHCvCuQFkGGhzesHrZPJIoHMpjTiXZihxX97CBkLqI7klzRJwtm"
    "iWKjdpFASkam5VLb6TMY53D4TbIitxw61C0LsetQ+0lkpYrrzr5DXdeigF75g1tYncleYD"
    "iv7FKvO48ZYDDeb2wvLmCXefHDAzqKvKKxLmIf4NdHn1giqEVMRsYzBuq1geETMkFJkrIt"
    "UBbNiPXhva+m6GsPbBb2qZhUFFpjMA8g1MtuCBreC1wasFPErusEVAAw/BGY7yFb28uSb7"
    "3LASaCiOzam6+975ewoxjR7eHYfJLZVCKQQ+4CmYQLW2jhAM69DSTnAcbmAkbLdqX6917I"
    "avb81bxzR9ro8UEHYTIB7MyppS8iVwSOJPsN30XM1sJeoGjFAKwErCyUCAU2Bo90KtbyD7"
    "c9AQacSHwRx2n+AwYrl3zSVR9wECy00mPGT/Myz1rl2bzZV34630Gw7ufy512RsnImbIK8"
    "iYfz5y33cEs3lk0tqjsJElfaZrKU4xofKfpulHyGirt8+SPw6czSgXUuVkSKN8FaCeWdFi"
    "s+kX8ur/ORdD+pz6bxwkArPF84Wbmnq8riExs9TuEYcnN+VtnXQbdtELfzf4dK8K1ngm+C"
    "b5e378ThGtcAcP1eJdVbcZOZiKot6IYzPTGuvgqCA4At2h4vzk6+9M4/b8cEuf6g5+hjVc"
    "B0Aqxxtt6NJHga1M10aeTnLocQjeAZ285ejunyKbTnintJsCY1wl1f89aKSN04NncvoDPC"
    "GSIqY0l8RkFUddg8hHr2+0pHWxq0ccfbxxKH28f8RuPpiNiIY6HCHk7BqY2cu5EDX1Aav8"
    "V+4uwZVHGDurmLM6nuufZWpnkEXlG8zhRPulqrUjwLfisU36bY1SSCJ+zpaemkRPW2+BRb"
    "lFI8R3RFYcUHa/uO7D67ue1dXWEZN+/D3grCzPqLuKWdG6uQJ8NFsj0KifCAqvQRQG0ZWt"
    "BnX89OT7vwVf6tB2VCj1GcIjcT3bLy5cwAqjEC5tvDD+8D2RK/FImVNxed8/O0bJn0JZaW"
    "2lVvkiW2kZjLs6yBJAakkJrqXzWlwwxe/Leb3mWOM8sHSMpB5tAl/yN6ITRK5kVMFJtQk9"
    "bShFiDEyRNqGHr1LJoDyEU3lfHe27p5PyGUbmVkzfIPA52hHkkQseqaFbJqDOlRtdYq4qF"
    "F1WxQuaYetW5mwznqvLqJCPBtpKjogwSP0JBVUVlVU9VkXnVfLOMYExddHg3aYaKdezN8f"
    "nbNbX0nJMynlJ2oocN43dzG4RXPW6TyMZ3RWjyOnDVC/zMTcTUk26bOgI8C1W/ylmaiiR4"
    "CyccZx6YLp08f1vJyc5griZhbAtZsgHfys+WjbK2pVmzPl+Vo0ukz3LHlImKb/xUxTBNdQ"
    "LIIP6EWRmx1YCzW6qF2b7Boycbp8WyQ/xRfndN73eXzygKJvBa2Qk0qoSOUq9KTRI6vH1X"
    "ydgdgiiVO9XbPP5Old/XyZexQYGrW9njabm4KgXicIoAlQiQ0mBS9EgT47NsVv2NLlLe+E"
    "KpewcJkScYtdDDPQ+OxcQeBAzA76auwMFJ5+akc9rdy2Q3a0BuA/W+JHYTPDaG3mtQ3K/P"
    "Tm6lqPJitV6+2PqkQIIVt0tJrw/+yOWSq2l4RVIQhvwHOfyP/3h7QP53WNLC0DRZkoJxdw"
    "yEkEU8AETWomhH5VWv5oaYSjQvYViyg9susTHADe6mpd8tP0CfeSVGJrq9II900cJKHaL8"
    "ih6siRW+vVlgHZzE4vzx59lUPoguyoC7+iPFYfBQtiFrt2BRljkn8lhxxFj43meeEE7mfG"
    "YZ++Q7tx/hrmU+4hPK+igExbR7HWmEJWb4DAuLj2Cb/IxtsMlUtx1qb6KM9zrk7TJs4ocV"
    "uCvY97bAY84musBFHpOR90txGTMYWkJB1t2xeM/vqQXvjqb954Qapi5ebVFrR9P8V/g/3x"
    "wcvjk4OHjzn29+frPvPD1o2j65DZqce9Vy8C2Gjcpn9k/4ZTa5Z7ppZWnXW1y5hq+mUoVL"
    "qcIVe9psupfNy2Xcb6Yoq7I0rNfSIP0YlbXcGJhSctel5OYlK66q4zbOs5TUxWL7MFvRfV"
    "Ehqef/8jwpKaTQcjEp3B0l5CQULGxRKsfTiv7X9fWXL8fHKIl0iE1dEzv6SPFD6EBjLILJ"
    "uGj+8wl0CksUsHTMf1HZP9IHcTnPEI42vtxSZwU+wBJPhRiCA5yBN33CY+HPI0sMlfRfeH"
    "swmF35LurGcYsEtoBsZSW2AKARFTk2XYAq8jpVxfGa63zVCtFF+9jH84dcNH9QYvGGxeL4"
    "CZHgzZxbVGc5zDl+tMQRew+Qm8JscGW7gXHHvd45zhzExB2fJevy3F0cd69fHYjdDINMV3"
    "nc6nM0Ko/b1jxuZaIxhSV0PVGFgf21ISiP5wKinvA8NDUwonALCu0NxXSovXyF1hvQKqPQ"
    "OuHYUj1/R9wyUCVEPxYfCTO6N5U0wbt+uX0YK2izT77bputSJtoNBI0CxD1Rnp8zKyOQbo"
    "NrieYSc24bjtCTEYctgoJui4jilS1PR5Y+vzAoGxYllgkPQfXhOPTs3Vs6e8TncEwD1GjN"
    "ZCDUAQI18VzC29BnuFE4wxhc/CW4ZGLyfXLJsd8AcnX0ZLbx5wkXI7H48DERSIguS2xOIL"
    "2NNtUN2XHCfHZz4DpJAEo13hPbNE2J/GqVAUAjNLaidJBNFKv0390qinIUpnFF6g7elG24"
    "VdhxS9gkauI7v8bGK8PHjkVtN+sQjd0vPENtOXKgB0OXHqE9PMOoDWcBmetobUUujgebl6"
    "KRPgiXQojjTI7w7L4yiLv9f0zj/8nGSHh4wJkCZ+lYd8ZeWM0Mnh6OEiC/q+OJimgiXici"
    "yoy2WAS7FhHx++R5Ayef9zR9hgeY/xBE8zrhikfImB3kDIsan+Ta8gHxhJOtcUTjprbX9D"
    "68jU1yYEFqiDZJeMpFG/FgD29YF8ttMWp5P130G/R7QzkTR9MkfhgwTL95kj+H15gJ5/mE"
    "nZMsSm66l6dnl19acoxoUgSogGfxegWB1GHAY+Rbw59CiVaiKWUO/2MvrEXkPZUcowzTtT"
    "t95UasLAvFwFYShepV8u2For/l+1PhJA4hVjqHa4b0eLHYMqfwx/wz+GPaKyD5ZiWXQAjS"
    "COlyo/V4VTP5RNeEcm0TivompPYwaN4PM8/EVhbJUZgtYvmRbwfPh2UCvvLDvVLNa55XHP"
    "Mlqi5+75zdggxXEd0+WJt4H/rs9K7bJvBfn3liYduXD8WVW/H1ts/uLr9dipqN3oc++9w5"
    "O8eCmvJvUqR/AWbkZhcVKK7YGAA1xje5joKNvsyeQmZx5Y4ImCrbUbuyHaoGzw9HZYuvVk"
    "8rBqgK0dWZxp4xprL+HodT0QzrimaIGMeeGc3QPMdxKxHNEN+DdQqrvhHWceMfM8edUJZp"
    "Qk8OaRVZ0T0benz0UkN6ZzqlzPgZHbqfRNiyRY0HagvPKGZ8Ctstn9lDSjRNTu4ZxPeJ5i"
    "05cqkddqN3pZtVd9E2bNFRhi1+G4sKc/W97g5lopsDihY10J8tMlLRJn8/sx5JiC9imEZL"
    "mtCFjV4nDjyuJfJl0S4/dLlcUA+c5frMwOX4g0p0qzs7bRWYp+t9vjWVHtFekparp1Gf3y"
    "7OH98kkWJ9teVD/lgBpwkohdnM6sF6RU9KCNFAQ/9GsmLFMVvJ2O8DNBDD689hEQJRFfQG"
    "AFvL6t6SI+WwTD+fw/x+Poepfj67ZfBS1pDWRsoRb1xlPBe60l6euujdbi1XFa1wZKl4K9"
    "mQz48g9oTfnxypfO2TO7HXUMN65d1rkUcTw4ClKvcao4HM4ZhMRI0gm05h0zug79kTizpO"
    "dsTWhtcUSqIQJzUvBhreGNcBcPOBUQPUPgxUHnjlmFDl4zaGMYnwZaFuDvWZA3qlCQub8i"
    "FBjUwGIZPwdWj3WRCQjMWSUM2UqqkIT+ZSsQx/aDxCGRvNiUsYMwa/fIaBVa5rYQWoezo2"
    "MRR6TIePfOY6pYKrEFn4V6IrFWSlFNZaKqw+1VbxJfuwdRaX9npX3UvhKPY+9NnX3vlpm+"
    "D/fSb7Lsqmi9fd827nBr56H/DKzW3v5BteER/67Pv12W130Pv8uU2Cj33WOf3b3c1tm8i/"
    "qziX198S0HsNK8hnIUSdCbpqsMu7MrEu7/JDXd6lumEqU8MaFWLvcKx2FESAVEznihYzpW"
    "o0VtVQjlfleK0zIbIcr/4DlPW8XvZI5+T2rHf5Ur5XH/0ZSnSEMvkKdGQjlKhfJZTVQIMU"
    "GqZUHjFzxnFNyxL5MxzL4J65ns7riCRbGGfz2cMYs3D8NFw5nSYzZzGXNnCeZhSz2t7aqE"
    "t3RNUruQC8AqMR1rwCrXYmEo8jubcyKUkUF2kRhsotkdsD86VQxQYdfKjbrlcvGAC9lUTK"
    "r+mKhzWdPmNcZlRh/3gxNlaNi9zDyvITat26Q+7xF+Vm9/4RKVuHvyQj6yhSSiJeIEWgBg"
    "ttxQp1ZY1pBfpw6QYj/stkwUnRyq3LlVhb/ILUc1Zf1J9HVQOr21nVKjASOI+zSoqkHL4e"
    "LfJl0b9hHdJ/HUpj1hvfQAV9/Q6qgENW8VtvV8rdlcJfqpKaqqTmX9nZSmqqqLNqHfWjEa"
    "DAAqEK2a2lkF3Y2yjNa9aH2x+4ZHmZ5lHRwLpIAZhn1sJLlp1pCOrjfpcgcmN1PCWCRZqC"
    "po2G34zN6RSe6nomcJKOv4nebxUG4HgjB7Y/dLkVEftgDUaUamTOmd+4Z2RTuGjzibzKR+"
    "SBc8MhIpCXGKYjCu7Ihj2MzuHdEOEjsgxPhrlwQ4uo1IgaixutAiOSvx8q6JBRkCYJfmtT"
    "I4PXqQJSYzAKq8olvsJhubMu8bpE33qH9s3MHo51O7tjYHpQOUHAiY1fLg0EZzRGjPKp8I"
    "H9y5xi+V2HIKMgmvfVO7ldHl5xudYi99wdE5MNrRkWB371N/qPWYuYjqUzw3mdIRpsY0Ul"
    "J+yonCD+pvCf7xPxxzfQJ3JUxidylO8TOUr5RKKvVRUkJ+GaiOwyuM5HdR6mXb4KniWUwv"
    "IyLFfTJ5QqERd6ayINXQFT4fj7z1ya16A9MqBQCpr6QwemP3apBHQj4nywP4HvtAQJwxUl"
    "iY2WV4ZYM50BTGI+geSCsUH31J1TGKE5LsYWiULGeF2jIIGIb69EoWYZMYQ/OEMQ2ubCmS"
    "FKQS8xz4KvknZ2QkTKbxy3PGlnF9rH7R13MZ3mnmKfjovTwdUZJuFMjMHUHD722WX3exut"
    "g8n36WUSbVRsxPpjIyTDqx4aEcJtMTLC5z87GxgRnCRVzV0xQFV4r27GriiNPemgKoUjYI"
    "q+daaviq5R0TV1I8Qaomtevl+91CbPTSczxSc+oFVOM7X8saVqZXjZLu7YppQgqLNPvo+5"
    "SHTxc2wwFQf1XUeUfsC0HNOr94C97rLrYaxhXlkYcSFCD0DvxEmIpoFkrsm+fq9FyzxMo3"
    "FkrURMm7GBuLoodCELVFg6Qhn6wtEI/i80YN/5L9ZpCQU3eJY+w65Lyshfd+7Y2gkNdhPE"
    "2Cn91Xt/KypbESgVhF5B10IOV8FS4A/fnmD2dlfMBLOpsWKURhxSRWnUTrGpiV9CNm2+pX"
    "amUyJyt1Duk+2cB64/cHlAxsR0HArSkCehaXIGvDLiM5CEGAc5jD1gabB7bix+8hsmw8mJ"
    "TRqx4LRsW+UVItNwbU1KUR4scbDJ43zMU6LhVlfvM2/2gv6NwAIFPhF/yj+xE9KdR7I0T8"
    "495JYx4mYxYWSsyXZQHnsoGyjgj6+zG2fFEIENZAJ7LKyC4BUFaZJVbG3ilzwmKmA0BFAu"
    "rxoFXxxjA9HMGrDenULh5j4co8IslEVqh2UWgcDMA3i5RcqHrfNhvHfcubzsXreJfGX77O"
    "q6d9HDylltEpim62GRck03yx5VIAz5AHUmwIrS0MFhGXEIRuUj+DAtEM3uB5WxHANqXDfk"
    "jbSgMCdw6A6mulupUUIcqoF7eiO4tkz2OJjZldqnR2Eat6PflsLy2wIsv01jWUW7qWi33f"
    "bAqGi3ZjoNVLRbs+lbE3vJCZ9gi89rOuV2ZkhQfECryHpCn2Ag7D8BMLBDiFKBQaKXiz4c"
    "E28CYZ+YUPTC7BMtaIqttb36uRbnj9Qguiv8OgGQqLxh5gQJbWCNnESUid9oVqIBbihnz0"
    "4YTnajleEua5GqHkVjD7UYmX1uWpnKUUAluNSaxt5ZX/XIisM1ySG55SqkvnRRmQIJwA31"
    "G2ooBQoSJSKS3zMTJbooTZ+E0+3Y+1A2WyLOCrKzJbJ2/BowfOeUqvBYs21eFrGJN7xyEd"
    "JNap1ib+9laJvyRmuplllOrcSyi86YT72cDdP1qjFFnOCceR5zuIlO8+ns3jKdMTW0T3jJ"
    "dAjHDBIJFzjLOUvrl5tcTGSmhH4U0bXGK0Gp/eeEGqauaaDAYgCjuDe1dExHoX+WzSsR7V"
    "iCxxE2x8A8+HelqdZSU1V+5U37lfF9SiP4Fl6rnCwSb3wj8Fukp3R/u42pKD4WX110fnsd"
    "U1POe5df/OERrJ+c94532rm8ywaYJKuv5qaLgapkqQquOuxq7vj28axi7kWYTwMrL+kOek"
    "l3icvvmjWqFm5SReANdv016XwgiuenaZzf8jcGpCJ2VHnwH/LdUfnFjSVzhVCSlKH6mT2F"
    "Gmqk3miznBjO8mygEZyWDLgpZxLVDPOBOm7Q93qsO+Ogdg790xXtq7Er9VB3ZNvoe0tnjw"
    "78CpEfTeY2CNkS1sGO0+7cHGL7bAOTpRkl4pkyiuRvZ11hKJWWb3nma16zHQEobzjRLtxj"
    "/YliHjcs6cypTY190hsR3QsKwqRuYtGRjP/BSkEAhTV9/KeFy33mjX11eXd+/rolfw7+Av"
    "mT86OEAkv2zHNESICM1trBSFjenTnYnvoP/3PLN/V7Qo4y19bTXAsP5WZ6BvPtiREQZVJc"
    "waTovU8pjOebE0OIxpkSN9DuO2BAq2QZhtBbRPXN1973y4r4lkBtIv702XX3qnd92z1tE/"
    "9Tn309Oz3twhD5F8dc9H6VQ8SH5HH4MomIsWMiRbUloSJKhc5XoVXMqIoZreWhugvaqzJS"
    "/HBklnprVXUkCqVCRlcOGUVlszLuI0AqVHRNoaKBUr+OQNEd3P5lAxmj732JXvW+MUUFhx"
    "bgNPI+P6s7vbCnPc+EnEowbMg23qgNuWcb2VWu5I1WkdWY4xCnnLm4M5HWU92m2OH0E9E0"
    "l7u6Rf6vKF4+kF9+Dlqdexf+Nwnat44ohftTjugawLYzNC1tHd7MMsIYLI2zsNeF6RnRKL"
    "JAdfIww4rssownXkL2QB7pog3XiMAR4TPXMp+8wvG+lRerC5kOJVe/vMacUR1UYz6HHauJ"
    "wqFOn4lUUbiMIb1YIX6iG1TE9LYInUzdBRbZYjLIl3FGYRJLZw8zILR4RFFZXi7oODqWrR"
    "dYsU3XxRJfGAysiWcHJDxSNngCYmINMGLDUznYW9amT3DH+4FikAOLjDm8oPRPmMQA7MBT"
    "2Y/SKi6s53gdp0GbvE6m+kJkukrz+lxffIJFZ8zG3FncRgPHBObpPS481RW8uiK/Fuvbo8"
    "XdEsVRyT0luoMZtDAK7d6y4j4GORsz6iEZUTTVzdySqSljeGg4on9OTRBLRZAyWsQDWuPN"
    "iOInborV4O4UeBBN2tKHlomHjFfqNXpXWdNraU0X1AQFo4rRJQpT32r7qwZAF+E4MBd+yD"
    "cXfkjaXGJvU/l9HgNTysKqatoOGtevupenZ5dfqprXPbA28T70Wed75+wWPg1Ou1e9m7Pb"
    "Nkle6bOrztkpgMD/WPuve9W5lnP4H/vs5uvZ1ZW46H/qs9Pu+dmv3Ws0zQcf++ykd/n57P"
    "oCrwYf+6z729WZGOl9gHGdy5Pu+bkY539cxbRfKlehIFUhnangSxBV2GEUZou75JFvyQ5d"
    "Bsf5KE5i2BcfqvZzT8I1wpG76b7uKVmtKrYDwAai++CgzEl/kH/SH+Shm050s1LBwRRgA9"
    "F9eFTGcQ6j8nnJUcp1ntY3yqI8Ddk4D+K7oxIIf3eUXzH/KO35HppTM9PcWuSjjQA1cGOv"
    "n20HGKvOuDNAG4jy9bPuf5nT/OZz2aiOgDQQxWV4Rz7rSHGOFTj0i7Dm7R2Hmwjv8FAGz+"
    "5WlEDSkI07DjeC8QmdVLKd+eMbh92jUtg9KsDuUUaGdeC0SOM430AcA2pShMPaAu3i/p8K"
    "uE0DqijGlMUx4kurgNokmNq4GbiNOCYroDYBpbZsqqJCRTaguGthJnDgy65kkIhBNU4++F"
    "hGPPiYLx18TAkHGc77Cls4B3p7G/pgR3ZzJDgghd0lBSFikCqWuNaxxLGwljSlC2vqpGBV"
    "OaMKNXVS8UBV37PMCVTB5zq/bRiotQJHjYAp+taZvoITrlZDSZVs3wkKq0y6H4LMu5VJt8"
    "2wyV2n8krVfkQOzTMTNURqQdOSjeJRdCbL6gFfGUnnJtth/leMIy814JloupKzNAlJG0/3"
    "6djDMTbIzMv68e+3lif/DPTI2KVJQNdYz56PZL4GZnxwx0/ekL16iMXZA9EfeDqzpyKsyv"
    "8o9Q6oBBCVAKISQJq44VUCiEoAUQkgKgGk5lKwSgBpVBSxSgBRCSA1irlQCSA7yrZVAohK"
    "AHlpFKsEkB1MR1AJICoB5IWwqxJAdihEWSWAqASQndy4KgFEJYDUHpsqAUQlgCzHu0oAUZ"
    "GONYp0VAkgleirEkDU26YSQBR9VQLID0phlQDyQ5BZJYA0lcoVEkA2HpMu00HyItKDZJEl"
    "8eiDoBXO8mD072NOJvyJGrJ3gYgkF70U5mNqU2x/ID60ZGMCbO8wHy/2iQaTclt0LNAZMQ"
    "1Yz3QXPznY8YGIfhBTbNngdSR2Fo5LJ+lo9m0vvjwcfuvh6ao9QZnodMwkqhicHgFpnA1t"
    "/fGu+NYNikKks5GcAFOIXopoOHyqozkG1MgYiHWjWZwQVVAcADQQve/KoPddPnrfZQSmqQ"
    "69m40nsek/hWMiS+4ownIUqnGYXn/PdaW956J+1/W6VEB+5cy7KFSTHNwv26eV+y0V44So"
    "3FE0aM24Y0TIy3hvJXqKRndf5aai27FULEuhjw1qlbRbPCOZXk7wjIz6khPU0I5QZuMrQ0"
    "KND4Km0kIZcZQRp2mIVkYcZcRRRpyGMQllxFFGHGXEqZkRp07O+XP6oFvXdAjawF6exhsd"
    "01qu8Fo4fGCH45fqu7djSqbUBjasW+RJt4BTCO2VefpqizzSqUtG3BbOb0ufkxlzTYtoj5"
    "ROB+KzJlzpLvrUpVXB2CeX3B3DRiLwnJTAW2E4xHTT2vL2l6+hrq189qqi3AoH3/oryk31"
    "hcX1jF3+t5veZV7kcACSPO7MoUv+h1ims4um7QLUIjJiZ5yP0lcXnd+S2D457x0nDy+c4D"
    "iB+pCdVZU54pAqHrBuIoeSLH8IMtdKssQC17kipVf9eqks6Y9bKkN2iMP0qTPmLnk1tfnE"
    "BJnr6pfX8GywfItwMVAIaVPbHIKEx+gTekLGOnuA+/IGN2ZwXuDnJ902dQafbUoYR9kPHX"
    "kYjOmkBcgtrt1nfaYFhQocEDqoFD01Lw/cv4ShpiisAgJ/ckTsqOMHjwrUwkV/GvkAArxF"
    "TEbmnCkpdZel1Do4JWoko67fiOu9oZV9bnE45XVb1evmccvK+I/DKfw/F/9Vq8ol4ZRLo4"
    "RLw3mcVcGxN7yBqF2/kb1qneYG12c+KHVKHhQckwfpcxIwV83ZGQA0EMMb4AzmvyptX3+8"
    "Qm4J5JoTUG4HUx2mr4DiONSmEJ2SMHbZocxt88FkA6Eap1FdEL8WB2tSMPPa6hvB73IrYz"
    "YOpPCagdd/znSRn1sBq1EQhdO8UMqqxfriQAqvRfVQhWmwAm7TgKq4ZE7NzqqoTYIpxKrW"
    "Vqq11eoG2anNhzObYr/Qwijm5Tsne6Yt7qJLzx9YZQshTJvg/3nEBGp3fvfIjh9WIdvB+z"
    "IWgqTPM2IgeJ9SYP2y0M9829PT7BDBrrud09/bRPwp/9bWg4BDSzeL0zOWUy85x86QbiXW"
    "V6pPVEGbqJQNs77ZXy8hNas04BrEz+x4GjAGpyzLAo6OaZWLY3lODjDCPycFuBR8DeM96h"
    "9pUIuAj/qeAU2lhQq2UcE2P8gGV8E29cC/CrZRwTYq2KYRyFXBNjvIGVSwjQq2UcE2KihE"
    "BduoYJudx6kKtlHBNjsXE6KCbVSwjQq2eXGDrAq2UcE2Kthm+wRUwTYvEmxTp6IaN3SqA2"
    "EkdrIjEyJDWssDE5z46KVhCT1GyYRO7qmN4QTEoiN3n5yKUmmw3QgTn2SZCTnsJ0dGHDgE"
    "Gyk72McsVmotHbmwmSWeEdwgV6ns/4qBqVCHNYU6eIVEV6pflIRVFYxqV8EopktzDJqqTO"
    "UI2Fa6DKs6ZDtXoOrUBOzDyceGi6xzNHq78Aw1EgNLHZ8j2DpA4xZxXG5TQ55qcGKRV49w"
    "p0VsOqI2hYuv23CUDVGMg90oSkiZcBsbgS5QY4JvsjEoAMyYAb8Rz5vs83TDa4qqVN4QOP"
    "BEF1M8n20+FzGIM9ufoEUs84mKOWQ0JMzu8ESZq0+CXn7DVKzO6q/uwEgX58NKWBpsRm7B"
    "FIP7RbCkaJc6kpID54/wW3WAg3Xl6Bn+Jg1uw9UhUB3H5hdl/WMP0YM3AwTt/f2lYyJVDa"
    "wycoJPuFWUJB+2zq7bve5vt93ry845mozkpz67OLu56NyefG0T/1OfXXa7pzeDzslJ7+7y"
    "FnSp6FfUhz/fXZ4OPnfOhKUp9rXP7i6/Xfa+Xw6uOr9fdBE6caEeenH4bmbSO08WjADVmd"
    "C1id8J+Xs1vhaHW0kRqpcQ9jJhgPoE3UPVUB/CNMbnsWWsG9TVs8oh5zOWEKJxXS42EpGi"
    "yhHnYn/Xtb34Ie3J6quYbWKgW1HqFZ2fS+f7jHidInEsBtY41rmJTle+OlsZzwFU49C8th"
    "OqJoaqKyk772UYqfxbrSID1TQyaKlxKmnBQTNLiwwxa5SRe4oGGmFimQOh0bAzpcz5RDQR"
    "EDaQomZghvFrjIub0aLiMdPUxlcUhimHuq5FnYGf7xgHgU+6C/+ZTmBmmuqm0SZyfwvzFA"
    "yYAJ8ULYH8Qd6sRGdyHjRIMfqnO7Ap9vqBw0qsM8eWQDBmxkYmM50xNYIZ+AhvUHhrDO9R"
    "YDzCEv0B9vcnNFmJqRyXTjUiwsPwwbnfTgiW/GzzCdE8Lx6Vq3IWGN+kQ4zxhEcM1l3AL7"
    "Jpm5gwpedtG+uO9LY901+mDF8vafgqUtMLksWKlPTdz0pd//ELCBtM4NXgK1sZ4zPU2QS1"
    "d9K5FmFo1xip1rn5He1/beJ/6rPb687lzefudZv4n/rsond8dt5tE/m3z349u76965yHls"
    "jEBYDoXOL3cLLEhVWsjZvokxsePmnS5zK5JJiKnm5GHKqIJKso3O7Fo9B847tvdYdXahDG"
    "qYZfUu/Q4Ozm5g4hs68n4lY717dnMCYSV5q6tMao07XXOZLUHcimOauYETInUMaEOhsTnq"
    "iNHfxWZQgR8Ppqul6MY5/B/Vvx4nkfst1550CXNsH/++z07ur87ERcCD6u5JI7LJWNXJCM"
    "nHpZEypXNYUgC3otfqMfRj2IiCu2zhxQ++FhK6oEacj6vkT1cZI+DKY2fzIz68AVqF9xsM"
    "YhegP618PA/bOqkhuBaRyKD0qZPg8KTJ8HaeecTYcUHmwwsyv5QBNgjcP1USlcHxXg+iiN"
    "a7Q65uqVxQEWMUDl6l/tpPSiHulqRMiCVpRYjRIj3bRmWSm++RwnAtI4brORsAt9KNPN73"
    "X2WAXRSbjGYXv9ooqPMhksvQqyQ0iF7tLoRt/XaugOIRuH7qNygkuB3JKHbmO2SrJOGlpZ"
    "5OpskZOyZmUyR8AUfetM33gEQ1Uyp6FVBl6NiR0JL0lT+maiW1auupMAbYym8/bww/tAt8"
    "EvRdrMzUXn/DzDixmJxqnspErAKm5Z5xdIxa7/EGSeTY0VyRyH3A6Z1Wm4GpXr20TjJWJ6"
    "VCOlGnDPGjVSiqXbzrJyq489wB6jtxz+u6aWnpNo4FHnOphpJ0WYFHX+Wi26v6DXVGJEq0"
    "Ss/2ptpvyY9JV6TJUFrmFMef3jmFVQeY2IsWHTdX1FkKZueRXQrwL6VUC/CuhXAf0qoL/e"
    "2kYjbCwqoF8F9KuAfhXQv0YiqID+l0C0CuhXAf0NwrUK6G9gGLkK6K8LJVRAvwrob5Coog"
    "L6VUB/XdCtAvqVRU4F9Cv6qoB+RWwV0K8C+hW3VAH9iswqoP8HpXIqpnxN4c+rRfae0wfd"
    "uqZDbsejWfNHtcpE+FoIAGJZALE0zPd2TBMloEXgbqSedYs80qmLXdhE8WhLnxNQ40yLaI"
    "+UTgfis0Z0ZuBtRmSkubFPLrk7hg1F4Fm9qtR+P7VYqPBLPEANw41VCWsVbVwbuxogzOJ6"
    "Bo7/dtO7zMWxD5I8+8yhS/6HWKazi3GPBahFZMROPB+lry46vyWxfXLeO04eZTjBcQL1IU"
    "urKoDEIZUAUjcBRGkTPwSZ6yVn3kgjg6RBnpgZGVRKynTi40v1NvY6iYjuu9hJhJyihCe6"
    "DdMnai+ivU9QypPjf3Jk0piDDVACg0l2J+O1r/AMKVHOXTkaMgamUtTWJDTaFFDhrMZuk7"
    "CK4daO4caacsIrvwKVI2DKi1Ez8tbkPPUy0jMO0TBXPf/kDDPjl5+WHUYQCRM4YIdEAoqG"
    "YHiyWYFRpC0tJHDgBVYShxOGF8VBxjyDydwc0vR5uYE1REM1ORXQT8PuZbKXGgisjmg8pr"
    "vkitsuntWOy2FbtGA5czjGycbYxG0mT2E0Xz0wE5PE9QlmiWMnMi/oTkgd2N5MMw06mXKX"
    "suFi8EgXmoRkdI4905i1IPrIhSfXsceaMw+7uVFvKoJxZNT4FDyTTaeWvnDksxkelCN+4V"
    "syLikR/LE35/bjIMxP059gGdwGyF/+rsxKtZQQEjRbJQEpMcUWo4m8lMG9ahTaC9MO/ZTD"
    "U5GdhP/D527nFD7D/0neUSpA/X2Z+PTkSRIJT3+fCj2KvkYVT/ckrJLhanfIR0ltwXmBPP"
    "aRVupfmwBrXDjfYZl36jD/nTpMv1OuC0eom8Hyco+dKEhjAkHWltNu6Y47oLbNK4WixqGa"
    "t283EdK+I3qeOgNWPAMCPaLKixQDapyXb/38Xypmqwq8IXSt69nsbmL9KqlpzSw6s+WctJ"
    "0sTfNfd8B0vQIulcrTeIBYosb7iPUpsGoT/t9nnno46NwOrq57v56dYrmmjIsAdXdy0u2e"
    "iroW/sd0yZtLuH4TloaKfV3lxVt/2aeEZanKEZQBWmfuWJuAk6h1r2JwTwboSiivVwGRDd"
    "euUPEHP4QYXRQuV1xmoCBgTjmiK5WuzndXRdNImJEhcPh1kz9/K1sxuSPtM7v72mVXTs4r"
    "OO3t0zTm/ErTKVEtG3lX4Tw7ta3zkNZKFAOPv89lyoGvwVdaULw6PqC13HO6Wulqz7G5Uu"
    "XqkrC75xGs/aZWLkHlElQuQSXHKpfgsndKuQSVS3An961yCaozQLkEa8j/lcHoRT1PyiOr"
    "PLL11iqUR1Z5ZJeLd8ojqzyyyiOrPLJKi6ldBpvvIcz3yoQuxOVemcjYUlng6OhskzlmYs"
    "11h+jOo8i0MuSlITwPwR+7TzQ+c4d8QkVaF66xwFwxi5IZewTcsuwU8PVOr6oE1Vo8zPfd"
    "KHFh+5W4lWr0oq0sBE4qYT8BqEiwMgm8s6QKm4mANM66/7EMc/mYz1w+ppiLI5qXr1BgNw"
    "BTUnHtpOLY6SFy7VfSfhKgyodTZzp7akNV6TgGpg6q58WjJqmRJsVnblPzgX2ji5Lhk2EF"
    "lB0jQ9n4ydgGLBM++TJK/fKIy/i4VnkV/zkBmP4czwnELD1HDZV25ewspbXX+XBoKjWUzU"
    "TZTH4MOUjZTGpFAmUzUTYTpUsrm4micxada+IxvnOofUEnfC9DoQzutYqUyBmMGkz8YaVc"
    "xAwkyZaouum4+mgkannukzOXPHDqkLnpjuPVu4PeMahYgHpIWeQ+saj+RJ1sb/HGVqqhDq"
    "ocx2VU0HtuVNJ8/PENVHeOSuVoHBXkaBylczRUkFNjj6yYaDID8lTvfhADU7rVyrqVOHSr"
    "Ij8CpFC/Lg8LInUN/pU7b5odI0FZ70pk68V8Kyedm5POaXcvg7esAak3KPM1GKsxblorn9"
    "UNFtgf2RwbD7mu/K0p/SI9qFDRcILhAycyvmRQqgBoEd0h2JLNiyCVvQtE+xdH9gyCi/iU"
    "ZMwtY598BwWBz1zRncDmczHeozYZopU2R+3Y7HJK96jxUVGke4i/mbrH8gwnH7a+Ga57V9"
    "e9i97guHPdJlObT/jgXrf77HOvd9u9HpyfXX67gSfhoJHbA8tkj07y1Smjs7wtk/H3Nj/j"
    "720q40/0o01TJb8NZgCgmmA+ownmbnXhrgspdkJPrIlpszdz73lxOkxySKH8wb3B1VJivi"
    "fTUgC5U6A39cpGifQUfHK0NtposfSbGSHQJ6LJb2IYygUj03ZcckC+HaNw4dI/M/ptb2FN"
    "0QpKlC+J5dfgbKbMzAH8mU/oglAyyy7LLMrJ2EAOHT2IJ6YFIguFX5hVnzS/j2kCrEkWpb"
    "WVhkrw3QrozYBcCcM189quG8GVy241t+LW+uNLpBSQxu4tCABFUQeNcZcVsfnub7fFOlHA"
    "5c97l1/84UlFKVHfTIpMi8qW/QRgk3jxy1r3fcSuwRjt6xqnkSl3jCRl7dKJ7Zht8X9ZpT"
    "CgQoFWGKVUCbUwuleW64VYcBc1p0BNaom6u3hJdq0VUSsPnBugv9EnFKdFC1x8Vtl0V1z8"
    "RHRspktxDgK6Fahi+nAs7xHOshoDb21loSNi/IRQEREQVUficlHEgdzPvN7CYxrG3Ux12/"
    "V7Bmv+VU3Yxx2iy7sOl5ZzE5VcRu4pTvPAQSuHBeeeDd3iDvxez+TuwNOObD4hWjASlBMN"
    "HhMngYd74IzCr/ULnWqeuZ3AHEMqJsF6nV7/4H3SYVLjhd8XKUCrEQebC0urPidYGxpQM9"
    "a9Hsl8nqcJ/7E3p/djzh+9FyZAuqwdXlRpPA4YrzveIsmJ4X/Vn7ieerYqRq6KkSubSE1s"
    "IqoYuSpGHsewKka+y/tWFSNXZ0DVMyAUwiu8SDGgRtjANp0hCzqlA6p6xfqjcaj6xsSsiO"
    "b1R7kI3FRAsD++gXt4/YVd+XA4s1fL00uAKr2g1mdCdvJQvj+kUclD2/aG+Na/NMLzY/Oi"
    "MM8Kz9sdwWoj0Xky4bGyHyoGtiF/dVNNgyHyozbqqudJElbpGHU+T1R8yIbNIbuVjfoCfY"
    "Ub8RrFnVzlj6s4nIqaWFfUhIfXNDFWDpr4Hs64YwQpGzMR34uVk/kimr5t0mc2ms8Ii28I"
    "1jNaza8/tsTfrAWhJZH9XCKyJPI+LQ8s0RwKZ5eriaYYGoctEFywMTNRt6jxSUQkwD3CMV"
    "sRXkmHuJyTGXNNKwo0EFe0dBDJRlYRASMYgwKLDEToRRA5IlMQ8N4M5tdHLrXDsAxnNhxS"
    "x2n5OQ3Y5SO46doLMseYlDm1rH2iTfWZA+e6XBKm77NIbqYXziK7imBwyv2CXFOY4ucOLr"
    "lPPosoEptO+JMQDkQMCeOo6MOvpkGoxycMLAmLzGAWhRdvY6oKMvU/3FokP1JjZmeYJPIt"
    "qd7wRpiAtlA/JvpkFbCcAFMuzDIuTOmtklOlcJ1vZEuAqTTYZxjaTGcAp7lXdTvB0Tm3qM"
    "5yWHoULkGBewDcFOp9dr9d1B/3eucx1B+fJQ3IdxfH3etXB4IOMMh0c4xrfDQaPK8Hb3yG"
    "+nKavUsRTNdnoF5//twm4k+ffRFXv4gQO2wPKgLwvA9JMa9U3kmZtJP8rJMkT0JxaeCb8Q"
    "d4CFd8M7In2OIrElzZ2XdESuVVjt8QooFyzttSZ+/bgrP3bfrsDbWfKniOQ9WX99QT01Lp"
    "q2oJzoJXbpU624NjJoTKHrQksKJ1nWkdNedUJXUSVlG6zpR+Apku0yqQa/eKQGzPuXOwqZ"
    "NyQ67R+0oBrnGoBgp7649wDY3FVflTHFJxpzpzp92KNFBkXpHMqmxdY8lcoWxdqkDE2lzu"
    "DawOsVGf+4VMBNnL8LX7t1pFPvZJZFCpSsIeAFYxQK+2NDSimxi/zbE4QLRmgunIyr+mS1"
    "xqWaLq7ytNE70t96e6abQ/aNrrNpE09BqS0MkUtgtF13rSIPsCj9BnMGVYdAHXkDUeGEVX"
    "+UR/RK/3nEvvPVDfhZuB315GAhB49eDtdES0ABaB+JRVMTCIXW2Jceh+F08u3OhY08EwbT"
    "p0rYW4jSUM8Qn67JFOXfJqCMR1WljsgbpE1Jd9LSofDs2picgY6844eCzADDwVXpJ1mKn/"
    "hADCZhjELIZOZ/eWOZSPg4O8LfXz2WmfAZwOv94UMQU2fzINEfkcIvyme3lDhjqi3HRh0I"
    "w9ArthYXEJEalD/IIVOvOKMO7LKhXUFeEFYjYsbJFEIcnvhvpHPA/NpyZ+BlouLyoRLyOh"
    "whBqGYagCkaoghFKXqyJWqAKRqiCEXEMq4IRu7xvVcEIdQZUPQOk3lDlLQohGlfBYP2cX9"
    "XjyBJaSzGqgwJGdZBmVFF9sXS9iAhMA/G8fq8QKuKZ+C2htum13857F52z87Ywj/TZ1Veh"
    "pE3haekqmtmaIwyHY50xmhPDvxz7EfD6yj1B7GeUDjcXN23iTJw+65yfXdx2zr+1iW6ZE1"
    "e3HlfSmMvxngLWkySNpbOHmWeOLS+KhjB1fiVWPUjLnKP5x2gSw88zGL2Irei/7rp33dOq"
    "L4CEahP5Fza/bzq68U1H8OFWfL2VgdA4Wv7ts7vLb5e975dt4n3oM5Qfv3bPYYz/qR6vDC"
    "YCZNlhlyUPZNliVVR0UVQ0YE06IKpjO4RTGK+Sq4E+KtC3qhwHUZhNMamUWrUls8RBkWkn"
    "4B4f8rnHh3T1PVXn58Xq/MR9k1U2eRqyaVt9/UX6PM90Gs355dsiIPUV9ddia9tI/bbQKV"
    "5lbyfAGoD4LZhs/NiCNKJvJrpl5TLyKFxjfCNvDz+8Dxg3fili1TcXnfPzzM5tlBkDPqrG"
    "liNAjdu46zfp1qK3pPKIbC4Pyw9jqkrhGKCqvVZnGu9W3Lui8s618fZiLm99B1N+pO9txA"
    "e1NOJ3EPVYlQv9tflcBKWKPmdBiKyIinVcfTQi6BqA37BPNAzQdPy2ZZxZCxkSapijEbUd"
    "2YsMA0oxaLWdNCRudLE+07R/9/ce+b5wCiA6+3vO7P4fdOjit/39/Rbpi8rV3te/8Dtl++"
    "g5kMOjN//SNHgEPhpFG8TNgz5oohrY3HSHY2oQGKVKX9XfQpEfcyr+VhCI/fGNC29Yvz9Y"
    "vMRp3OZXYQoAVP2lZ9RfApZUBenecIXyZ6B8R/K4N8/M1xbDqZISV9ncSggvL4R3qG0Ox3"
    "sZsrd3p1Dk1sMxywTtfMKuWWj8USTGZzKZfFkwl43ni4P5fLwRkTpHR2UMpEdH+RZSvJfI"
    "d4CXqgKGveENxO5G3Ca5PsF8CTDfJ6ikwGVS4IseZn/9f0JLx0w="
)
