from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS `audit_log` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `actor` VARCHAR(40) NOT NULL,
    `action` VARCHAR(64) NOT NULL,
    `target_type` VARCHAR(32) NOT NULL,
    `target_id` VARCHAR(120) NOT NULL,
    `before` JSON NOT NULL,
    `after` JSON NOT NULL,
    `reason` VARCHAR(500) NOT NULL,
    `address` VARCHAR(45) NOT NULL,
    `user_agent` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_audit_log_created_277f5d` (`created_at`),
    KEY `idx_audit_log_actor_2ebde4` (`actor`, `created_at`),
    KEY `idx_audit_log_target__2d010d` (`target_type`, `target_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `idempotency_key` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `scope` VARCHAR(80) NOT NULL,
    `endpoint` VARCHAR(120) NOT NULL,
    `request_key` VARCHAR(255) NOT NULL,
    `body_hash` VARCHAR(64) NOT NULL,
    `state` VARCHAR(8) NOT NULL,
    `effect` VARCHAR(64) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `lease_until` DATETIME(6) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_idempotency_scope_5aa10c` (`scope`, `endpoint`, `request_key`),
    KEY `idx_idempotency_created_98dcfd` (`created_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `inbox_message` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `source` VARCHAR(32) NOT NULL,
    `message_id` VARCHAR(191) NOT NULL,
    `topic` VARCHAR(64) NOT NULL,
    `body` LONGTEXT NOT NULL,
    `received_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_inbox_messa_source_8c9e36` (`source`, `message_id`),
    KEY `idx_inbox_messa_work_st_851d9b` (`work_status`, `available_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `job` (
    `name` VARCHAR(64) NOT NULL PRIMARY KEY,
    `holder` VARCHAR(26) NOT NULL,
    `lease_until` DATETIME(6) NOT NULL,
    `next_run_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `job_run` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `job_name` VARCHAR(64) NOT NULL,
    `started_at` DATETIME(6) NOT NULL,
    `finished_at` DATETIME(6) NOT NULL,
    `done` INT NOT NULL,
    `error` VARCHAR(200) NOT NULL,
    KEY `idx_job_run_started_ed0bb6` (`started_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `outbox_event` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `topic` VARCHAR(64) NOT NULL,
    `aggregate` VARCHAR(64) NOT NULL,
    `payload` JSON NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_outbox_even_work_st_49f867` (`work_status`, `available_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `personal_data_access` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `actor` VARCHAR(40) NOT NULL,
    `purpose` VARCHAR(64) NOT NULL,
    `target_type` VARCHAR(32) NOT NULL,
    `target_id` VARCHAR(120) NOT NULL,
    `items` VARCHAR(200) NOT NULL,
    `reason` VARCHAR(500) NOT NULL,
    `address` VARCHAR(45) NOT NULL,
    `user_agent` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_personal_da_created_42f07f` (`created_at`),
    KEY `idx_personal_da_actor_432e11` (`actor`, `created_at`),
    KEY `idx_personal_da_target__2e54ea` (`target_type`, `target_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `retired_login_id` (
    `digest` VARCHAR(64) NOT NULL PRIMARY KEY,
    `retired_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `users` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `login_id` VARCHAR(40) UNIQUE,
    `password_hash` VARCHAR(80) NOT NULL,
    `name` VARCHAR(50) NOT NULL,
    `email` VARCHAR(254) UNIQUE,
    `phone` VARCHAR(11) NOT NULL,
    `status` VARCHAR(16) NOT NULL,
    `grade` VARCHAR(16) NOT NULL,
    `session_epoch` INT NOT NULL,
    `last_sign_in_at` DATETIME(6),
    `withdraw_at` DATETIME(6),
    `anonymised_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_users_phone_f72cc5` (`phone`),
    KEY `idx_users_withdra_c54af3` (`withdraw_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `user_address` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `default_of` BIGINT UNIQUE,
    `label` VARCHAR(30) NOT NULL,
    `recipient` VARCHAR(50) NOT NULL,
    `phone` VARCHAR(11) NOT NULL,
    `zipcode` VARCHAR(5) NOT NULL,
    `address` VARCHAR(200) NOT NULL,
    `address_detail` VARCHAR(200) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `user_id` BIGINT NOT NULL,
    CONSTRAINT `fk_user_add_users_32720ebf` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `user_consent` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `policy` VARCHAR(32) NOT NULL,
    `version` VARCHAR(16) NOT NULL,
    `agreed` BOOL NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `user_id` BIGINT NOT NULL,
    CONSTRAINT `fk_user_con_users_011a82b0` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `user_withdrawal` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `reason` VARCHAR(500) NOT NULL,
    `requested_at` DATETIME(6) NOT NULL,
    `due_at` DATETIME(6) NOT NULL,
    `cancelled_at` DATETIME(6),
    `finished_at` DATETIME(6),
    `user_id` BIGINT NOT NULL,
    CONSTRAINT `fk_user_wit_users_0341689f` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `staff_role` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `code` VARCHAR(32) NOT NULL UNIQUE,
    `name` VARCHAR(50) NOT NULL,
    `is_builtin` BOOL NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `staff_role_permission` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `permission` VARCHAR(48) NOT NULL,
    `role_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_staff_role__role_id_86d509` (`role_id`, `permission`),
    CONSTRAINT `fk_staff_ro_staff_ro_4cfbc1c4` FOREIGN KEY (`role_id`) REFERENCES `staff_role` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `staff` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `login_id` VARCHAR(40) NOT NULL UNIQUE,
    `password_hash` VARCHAR(80) NOT NULL,
    `must_change_password` BOOL NOT NULL,
    `name` VARCHAR(50) NOT NULL,
    `status` VARCHAR(16) NOT NULL,
    `session_epoch` INT NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `role_id` BIGINT NOT NULL,
    CONSTRAINT `fk_staff_staff_ro_8ea010cc` FOREIGN KEY (`role_id`) REFERENCES `staff_role` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `staff_recovery_code` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `code_hash` VARCHAR(64) NOT NULL,
    `used_at` DATETIME(6),
    `staff_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_staff_recov_staff_i_6596b1` (`staff_id`, `code_hash`),
    CONSTRAINT `fk_staff_re_staff_1ecf1dda` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `staff_second_factor` (
    `sealed_secret` VARCHAR(255) NOT NULL,
    `last_step` BIGINT NOT NULL,
    `begun_at` DATETIME(6) NOT NULL,
    `confirmed_at` DATETIME(6),
    `staff_id` BIGINT NOT NULL PRIMARY KEY,
    CONSTRAINT `fk_staff_se_staff_b0430cdc` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `password_reset` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `token_hash` VARCHAR(64) NOT NULL UNIQUE,
    `expires_at` DATETIME(6) NOT NULL,
    `used_at` DATETIME(6),
    `voided_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `user_id` BIGINT NOT NULL,
    CONSTRAINT `fk_password_users_d21c220e` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
    KEY `idx_password_re_created_09ba9e` (`created_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `social_account` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `provider` VARCHAR(8) NOT NULL,
    `subject` VARCHAR(255) NOT NULL,
    `email` VARCHAR(254),
    `refresh_token` LONGTEXT,
    `linked_at` DATETIME(6) NOT NULL,
    `used_at` DATETIME(6) NOT NULL,
    `user_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_social_acco_provide_9d990d` (`provider`, `subject`),
    UNIQUE KEY `uid_social_acco_user_id_90345c` (`user_id`, `provider`),
    CONSTRAINT `fk_social_a_users_0a9e3ff7` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `verification` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `key_hash` VARCHAR(64) NOT NULL UNIQUE,
    `channel` VARCHAR(8) NOT NULL,
    `purpose` VARCHAR(16) NOT NULL,
    `target_hash` VARCHAR(64) NOT NULL,
    `live` VARCHAR(64) UNIQUE,
    `code_hash` VARCHAR(64) NOT NULL,
    `tries` INT NOT NULL,
    `expires_at` DATETIME(6) NOT NULL,
    `confirmed_at` DATETIME(6),
    `used_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_verificatio_created_4579f8` (`created_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `category` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `name` VARCHAR(50) NOT NULL,
    `slug` VARCHAR(80) NOT NULL UNIQUE,
    `depth` SMALLINT NOT NULL,
    `position` INT NOT NULL,
    `parent_id` BIGINT,
    CONSTRAINT `fk_category_category_0e124d68` FOREIGN KEY (`parent_id`) REFERENCES `category` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `product` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `product_code` VARCHAR(40) NOT NULL UNIQUE,
    `slug` VARCHAR(120) NOT NULL UNIQUE,
    `name` VARCHAR(120) NOT NULL,
    `brand` VARCHAR(60) NOT NULL,
    `description` VARCHAR(500) NOT NULL,
    `detail` LONGTEXT NOT NULL,
    `origin_price` INT NOT NULL,
    `price` INT NOT NULL,
    `discount` INT NOT NULL,
    `discount_option` VARCHAR(8) NOT NULL,
    `sale_status` VARCHAR(16) NOT NULL,
    `display_status` VARCHAR(16) NOT NULL,
    `rating` SMALLINT NOT NULL,
    `review_count` INT NOT NULL,
    `popularity` INT NOT NULL,
    `released_at` DATETIME(6) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_product_price_f1e6f6` (`price`),
    KEY `idx_product_release_aca254` (`released_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `product_category` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `position` INT NOT NULL,
    `category_id` BIGINT NOT NULL,
    `product_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_product_cat_product_1e30fe` (`product_id`, `category_id`),
    CONSTRAINT `fk_product__category_cdcbb279` FOREIGN KEY (`category_id`) REFERENCES `category` (`id`) ON DELETE RESTRICT,
    CONSTRAINT `fk_product__product_d9389b97` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `product_option` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `color` VARCHAR(40) NOT NULL,
    `color_code` VARCHAR(7) NOT NULL,
    `position` INT NOT NULL,
    `product_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_product_opt_product_9834bb` (`product_id`, `color`),
    CONSTRAINT `fk_product__product_0ed9f110` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `product_image` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `path` VARCHAR(200) NOT NULL,
    `position` INT NOT NULL,
    `option_id` BIGINT NOT NULL,
    CONSTRAINT `fk_product__product__2d1adad3` FOREIGN KEY (`option_id`) REFERENCES `product_option` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `variant` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `sku` VARCHAR(64) NOT NULL UNIQUE,
    `size` VARCHAR(40) NOT NULL,
    `stock` INT NOT NULL,
    `position` INT NOT NULL,
    `option_id` BIGINT NOT NULL,
    `product_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_variant_option__69b509` (`option_id`, `size`),
    CONSTRAINT `fk_variant_product__bb4b9114` FOREIGN KEY (`option_id`) REFERENCES `product_option` (`id`) ON DELETE RESTRICT,
    CONSTRAINT `fk_variant_product_d9038f61` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `stock_ledger` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `kind` VARCHAR(16) NOT NULL,
    `source` VARCHAR(64) NOT NULL,
    `delta` INT NOT NULL,
    `line_id` BIGINT,
    `created_at` DATETIME(6) NOT NULL,
    `variant_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_stock_ledge_variant_7abc56` (`variant_id`, `kind`, `source`),
    KEY `idx_stock_ledge_line_id_25ff84` (`line_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `shipping_rule` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `base_fee` INT NOT NULL,
    `free_from` INT NOT NULL,
    `created_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `shipping_surcharge` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `name` VARCHAR(50) NOT NULL,
    `zipcode_from` VARCHAR(5) NOT NULL,
    `zipcode_to` VARCHAR(5) NOT NULL,
    `fee` INT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `promotion_item` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `code` VARCHAR(16) NOT NULL,
    `position` INT NOT NULL,
    `is_active` BOOL NOT NULL,
    `product_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_promotion_i_code_f40008` (`code`, `product_id`),
    CONSTRAINT `fk_promotio_product_a4f8e575` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `banner` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `type` VARCHAR(16) NOT NULL,
    `title` VARCHAR(120) NOT NULL,
    `sub_title` VARCHAR(200) NOT NULL,
    `image_path` VARCHAR(200) NOT NULL,
    `link_url` VARCHAR(300) NOT NULL,
    `position` INT NOT NULL,
    `is_active` BOOL NOT NULL,
    `starts_at` DATETIME(6),
    `ends_at` DATETIME(6)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `orders` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `order_no` VARCHAR(17) NOT NULL UNIQUE,
    `member_id` BIGINT,
    `status` VARCHAR(20) NOT NULL,
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
    KEY `idx_orders_status_2a955d` (`status`, `expires_at`),
    KEY `idx_orders_member__4a028b` (`member_id`, `created_at`),
    KEY `idx_orders_orderer_5fd0a7` (`orderer_phone`, `status`),
    KEY `idx_orders_client__a66480` (`client_address`, `status`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `order_event` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `line_no` VARCHAR(20) NOT NULL,
    `from_status` VARCHAR(20) NOT NULL,
    `to_status` VARCHAR(20) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `order_id` BIGINT NOT NULL,
    CONSTRAINT `fk_order_ev_orders_6d5c81f9` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `order_legal_record` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `order_no` VARCHAR(17) NOT NULL UNIQUE,
    `payload` JSON NOT NULL,
    `keep_until` DATETIME(6) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_order_legal_keep_un_69135e` (`keep_until`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `order_line` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
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
    `order_id` BIGINT NOT NULL,
    CONSTRAINT `fk_order_li_orders_5970a37e` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE RESTRICT,
    KEY `idx_order_line_variant_ba9d9c` (`variant_id`),
    KEY `idx_order_line_product_c61e07` (`product_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `order_separation` (
    `member_id` BIGINT NOT NULL PRIMARY KEY,
    `requested_at` DATETIME(6) NOT NULL,
    `done_at` DATETIME(6),
    KEY `idx_order_separ_done_at_2058b5` (`done_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `payment` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `payment_id` VARCHAR(40) NOT NULL UNIQUE,
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
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `order_id` BIGINT NOT NULL,
    CONSTRAINT `fk_payment_orders_94b1c4e4` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE RESTRICT,
    KEY `idx_payment_next_re_c8ce9a` (`next_reread_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `discrepancy` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `kind` VARCHAR(16) NOT NULL,
    `reference` VARCHAR(64) NOT NULL,
    `amount` BIGINT NOT NULL,
    `detail` VARCHAR(200) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `resolved_at` DATETIME(6),
    `payment_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_discrepancy_kind_e31a50` (`kind`, `reference`),
    CONSTRAINT `fk_discrepa_payment_0dd5587d` FOREIGN KEY (`payment_id`) REFERENCES `payment` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `refund` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `work_status` VARCHAR(16) NOT NULL,
    `available_at` DATETIME(6) NOT NULL,
    `lease_token` VARCHAR(26) NOT NULL,
    `attempts` INT NOT NULL,
    `last_error` VARCHAR(200) NOT NULL,
    `done_at` DATETIME(6),
    `refund_no` VARCHAR(26) NOT NULL UNIQUE,
    `reason` VARCHAR(12) NOT NULL,
    `amount` BIGINT NOT NULL,
    `status` VARCHAR(20) NOT NULL,
    `idempotency_key` VARCHAR(40) NOT NULL,
    `cancellation_id` VARCHAR(64) UNIQUE,
    `created_at` DATETIME(6) NOT NULL,
    `payment_id` BIGINT NOT NULL UNIQUE,
    CONSTRAINT `fk_refund_payment_336c5ccc` FOREIGN KEY (`payment_id`) REFERENCES `payment` (`id`) ON DELETE RESTRICT,
    KEY `idx_refund_work_st_1a850a` (`work_status`, `available_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `refund_attempt` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `idempotency_key` VARCHAR(40) NOT NULL,
    `amount` BIGINT NOT NULL,
    `cancellable` BIGINT NOT NULL,
    `outcome` VARCHAR(80) NOT NULL,
    `sent_at` DATETIME(6) NOT NULL,
    `answered_at` DATETIME(6),
    `refund_id` BIGINT NOT NULL,
    CONSTRAINT `fk_refund_a_refund_93ebfd8f` FOREIGN KEY (`refund_id`) REFERENCES `refund` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `user_memo` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `body` VARCHAR(500) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `author_id` BIGINT NOT NULL,
    `user_id` BIGINT NOT NULL,
    CONSTRAINT `fk_user_mem_staff_656830ed` FOREIGN KEY (`author_id`) REFERENCES `staff` (`id`) ON DELETE RESTRICT,
    CONSTRAINT `fk_user_mem_users_71457eaf` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS `aerich` (
    `id` INT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `version` VARCHAR(255) NOT NULL,
    `app` VARCHAR(100) NOT NULL,
    `content` JSON NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        """


MODELS_STATE = (
    "eJztfWtz2ziy9l9B+f0wSb0ab+zESVZT54NsKzOa8e1YzmTmxFskLcIW1xShJSgr2rPz30"
    "83eBHvImRKphhUpRyKRIPkAxDobjzd+N+9CTOpzfd7M9PyztjDXpf8755jTCgcZK51yJ4x"
    "nS6v4AnPuLNFYQNLaXZQ7I57rjHy4MK9YXMKp0zKR6419SzmYPFLh5LR2HAe4BpzCYOfhu"
    "fRydQj3tjwyNzgxKX3M07NfaJDVczVicWJrnPPuL/vHuh6B36MbEvXsQI4v+Agr+v7+AAm"
    "G8ETWM7Dhu9169w6+h29Zy7VieGYIH7vURAfM9skc6zdG8PtRvjewUOYHeLQJ+qSqcH5nL"
    "km75ARAMqxbiEyoZM76nJCHaiLmsS4YzNR0YRT+4ly8Yozx/rXjGoee6BwxYUX/foPOG05"
    "Jv1GOf78ujdyqeFRUzO8Pbj2dU+8GwqnL3iGC9Vo3mJK/VYVPy1z7x9Y5/RRu7eobSZ6B1"
    "yES+K8Lwfnjq2HgeN9EmWxFe60EbNnE2dZfrrwxsyJBCzHw7MP1KEuPhCc89wZ9hdnZttB"
    "3wq7kP/GyyL+q8ZkTHpvzGzsdSjtP8Dy3J6mXVzeaMP+jabtZXpkKBHrOMGpEXOwN8Ojcg"
    "HAAz7Cj38/PHz79sPhm7fvPx69+/Dh6OObj1BWPG/20oe//IdZouVXJTAb/Dy4uMEHYvDJ"
    "+B8TnvhLyBie4UuJFl2iH7VksgFOxoabD38kkGoBeLV0C4R4lzVBeGLZBssPfRuNMDG+aT"
    "Z1Hrwx/Hz3pgTf33vXJ7/0rl+9e/M6CfJFcOVQXEK4E/DiE8nhG0i0EOD37yoA/P5dIcB4"
    "KQlwasCpinJKrIVQvz2sAPXbw0Ko8VIu1Hnj9UqgcwftNsB8cFhlzIBShUCLa0mkfUUgC/"
    "Ovw8uLfJiXEimMTWvkkf8Q2+KZCXIHsC6BFrHAmiec/8uOI/rqvPdHGuyTs8tjAQ7j3oMr"
    "ahEVHKeHa1S6ZHCPBBTsz4AdlEguN0suJbY3puztbWVEOXpTZUSBUoUjiriW6timCfhzKU"
    "VkKdI6jN8dVVH0jooVvaM0wGD0uZoBkHgyGCelWgfzYaWufFjSlQ+zXdml8J5cVg9JSrUO"
    "6foV65hln4H5FK541oTmQ52UTE+Mgeh+eNCu6fFmcN4f3vTOrxJz5Gnvpo9XDsXZRersq/"
    "epZokqIV8GN78Q/En+5/Kin55Ko3I3/7OHz2TMPKY5bK7B0B3DJDwdnvoLXTH3jzF3AJ64"
    "M0aPc8M1tcwVdsiKymYvTQ4n6TOGAyOcGaCJzxn4AwcmnUyZR53R4je62MvxGKZKdMr8ht"
    "ayrPYYFK7kPYTCxHKEN4+P2JTCkfhBHXPKoMn3iU7v7+nI0wk+Hvdda+jrmxgmJa8MKO6a"
    "1IXXQ29bhxhkaiwmMKYTy3yd70Xcwj1z3Hpf98TN8Gp4IzwOh0ZE7R8p15/y2jXSaxe1Y9"
    "XpLxJooQn+sYqS8bFYx/iYUTHiX0dVhOMyLQR5I36O+Mizhi4XiLUQ7cOjKgYKlCpWnI8y"
    "JsodMxfa2OBjGawTQi1Eun7FmXuART7EfZiuBcwDeCLDGdHsOB0Kb9FCuf58cTG4+FnSUA"
    "nFuiQ4uHVOQUftktNAU5UexquM4sWDeGYMF/qT1AgeSSjzcGUvt6nBUbt8pFJ+u5RYCweU"
    "w/dVRu60yRcbuN/nQz1zPMuWNcVTosoWb5wtvrsul21aXbveyk3xuDh37Ns55dwQVmzW3x"
    "K/3in1tmBJbRIrWsnXEggQdk8M8gQmE3M75JFOPcJAGyJT6hLL48RC/hRqnoI+hcQnj37z"
    "iAFXPDKCZ/4JD+CSQcbQRUIelAG3Hnn5Hpet3Tnf78Jmrq/tBc8RUaISNKs5cx81VAFnAm"
    "3jybDEBynoVcoV00hXTKrN1lH6U1VsUfu86l+crqH6B2JdEhzEVX847vdO4Rj+rmMGHFTR"
    "nw6K9aeDjP6U+IwkJ9a0rNKgGje37rJVsq112NptkoD3nDPkFU47cZHVk09dCL/Z7ORzeP"
    "Duw7uPb9+/i+ac6EzZVBNOK7Gea3BPo64rR8ZNSrWv326CP2AyZ52ZICZWwyQQ6ElqDqh/"
    "Dljq2pUXxyKJFvqj6ucBx0wYCZCTUi0E+uDvB1U0178fFKuueC3FuWZTayQDcyTQusmgfh"
    "822vlZbG/A4C9eC2tN5y0b8vt/3CRG+wzHNxrxzy4vfg6Lp4m/6bXeEbWe1vJupkSVDda4"
    "+bch/s1f2d1ejlsTT3fKvJn/DApU8mFC4X1y6dgL4R7E+EzqCreiQ2YO/Ta1MNJSWJTEnT"
    "noOMz3SK5Zz+pwzUJHofhfYi4Jy9cz3r2sr3AjU0mxV9BvThmwlxKtm7nVkqiaTCQmk3hD"
    "w0DoaTD8raE1pERVQzeuoZujNVzPnALFAa+s0h2wl1XXH6Cwny7CtEzC2QSmcWhkzNlwb1"
    "i2SB2BviadjBiMUgH12/IIrhKBRsDu7/P1iZrqfYZ+oRYiX3IhEjuirIYXl2mFVbsFcqe7"
    "HkUnKakoOk2bjOKtfG85Fh+v1cwpUaV1NLqhcUKUWMIMi29v+XLzs1ZtK5jSi5dq3XLlum"
    "VDNOTLmXfHvvWfME49R02OXy7VlZkoqNGoZCWFWRTvEsvkIjOaH/LICXPsRYc4DLl7nDmG"
    "TVA1wsRrDzBEPEDPERy+UM1Fzh6mP+sIMp9DdF1EUHY/FGV6285tq2RfU7TA3dPGFS1Q0Q"
    "KVmtcQNU/RAhUtUNEC29NvFS1QzQGyc8AuMKl22DEaWT8yECeEFMwVYJ4aC5sZOZZdcYrK"
    "mIhKUvmMJJW7FZ3blKbYiXmiIW62q8CjBL3J6I1GmHwzx9uWU6pT5nQL/VSa8FUYS4lKzj"
    "df+gcuvFyEj9kc6WkTg+Oascf8FGa4u0Gw2cA+0S1Q6HkmcZkQDeNlMdT2ybBnwRYEGd/b"
    "Vu6qNj74nh10auODjW58MJ25MDJLaYMxkRZCrLY+2OGQJ7X1QZ5LfhMpAcU0LoNyJNBChD"
    "eUP1sl21fJ9lWy/bbBrJLt724kqvItFUKvfEu1+JZ6wQST41DqLeeeYi+SP3jGSq70Hn0Z"
    "U5cSI/DQkLGB+dSgpTnhVGS4D7qKxu6jZGt+2R8wDxuSpfBUUMrfbVPwsGw7vMbQb8O7GR"
    "fS9m596/jfSYdw5kdfOCxx2zkLq6nqdFL+okb6i5ZdRq4VknJrMRzSq8LfTWvEeRB3NCfU"
    "s4wCEQi0Tvt4W0XNe1us5b3NUfJG1tSS1KYTQi20vY+qGYYldmHGJTrOjTYocYiO8+MN2g"
    "DvQaVkOSW5cjKpcv5tTXH3axmAYyIthLiK2V1sdWeM7l3xauy2dy6ADJ7dM/KSG6wEOybZ"
    "uqlvI4gr27sQ/V23vRM+w6m5ZjMnJVUzN7uZ0U8haynHhNoU2rkFGy3j3Uq2RLYZPjGXWg"
    "/Ob3SRCX5KQR94pz4H1exYE/wV9rHw7F5kprvGPPLuxLsevDu8MfX8eb43POmd9vf+ehl3"
    "4Qk8d0G0Z3ips9JdOIqVrEQ2Mxw+p25I8HqiLrdwY0zcsmHKbGu0yGeLrRa7dW4d3T/W/d"
    "0bgmf7gQvGGHml6x51J1zXO0TXp671ZEBR8WNiuI8wsjsPGp2AYpU+yUOh5SnHehh7uv66"
    "c+swN35F17u+8xAeU6yQBM+J5zh8FT/OpuSeuZMOmY+t0ZhMKLwaoT/ifYUHcng+JHcLYh"
    "oL5Uxs+tDYKXEm+l1RyhcQSbTQkqqfsBMMAjIIx0RaCPEG4mdBbaN5owhjNoxbRREfoVAK"
    "4zuQ2kGQy0aGy8uzhNZ8PEinyf18ftwH1AXoUMjyCrzfykRdpwGU7aJsF2W7fH+2yzWMZS"
    "41z9iD5QySWm9+iVJLxvXLajYWDt52tTXzy3nv5MfhL73Do/ehgi8qQHbBzMFMz7oOY05P"
    "+63/J5oPgl7A/IyNgkYAU6jJ0aRZchOyxs/G7vIMw8K0HiiXWklcSqhE0ymta3Wi6bB7rp"
    "NVPy6pVIPGqQYNYY6JSSxnEA0nt3InUEWymB4Or7oYpHTf1UIMF+P8GGbCd5g7MWyLw+Gr"
    "i0+/nXTIyOD0ntnm632ic8rReNPolI3GOnGhHEYBUocYtk2Cq5xQx8yOolu8N/qhvoyZ2E"
    "kUxlyXzR7GxCCcjSzDDsZuTDAmuGMOI7FHe3Xx+ezsdTCEE31qcD5n0LZQEm76CnOoLF53"
    "yMRY3FEs4XuN4I763PLGJk7chhekJqM+h+0B2kTEWlrM9N1lYVF4GHhc3vEpb0LAQacVSP"
    "vzytxY/ERgAtENOL+YIDSieoyzXNw6UW40EW4pIjFdOmFP1FR+q6arxWWzTVwJqszEisms"
    "NcE3i/626bjJ+Hct5SBMC7Zu9f9jFbA/FoP9MQP2y26I8tKG9obpbmIalUE3EmjbKHF4VM"
    "UMgFLFtJWjbCaYxrEJMwBvaVyon0r4vLydL5Kys3dyM/i9Lwl4INUl/v+3zvDzEHN39k+7"
    "JDoEjRXMm9Pr3heR2zP2Y3nlYnn+Iq1fv8zqBOi2clzQSGCLjXbcGw5OtvSR1I5wwuzJIl"
    "2okWfkVNbH3KyPSAjQrHV2PsoRV7kJm+bdibd3zEKXbeuU6FbaWW0rsl4zJ3wlsg2dEVaf"
    "dJPbWi3ZfxfNrFjlrW1mieWXTPgOzTEejwPRT79dU9vw8qlm2ZD83Wz1DHcgOTj65Ntngh"
    "QjIrcRpOVazDNx+hJV1FaoIt83fDT0ud3qKqjsGutqK2L+iiNmgxWbgT4PsaGorOfX1VbE"
    "JnTCnokTrpifQzVtgmiTzIPYwJXDP0gOaytCUebJwtU26vWzWO2Tyyl1MCLDpsShFq5Ykx"
    "F6fm3b5waQcNPHfaL7ufKyWWUwgzGOKtyPAKGOSXDJ3qKcWF7Bhr7bvb9alN/RRXmV0HHT"
    "CR2DL3FNml1SVll6jbP0EtsAzdbaBWimdoLbieaN5s11HHMpWeWAbXJLN2oPb9XOKmiqHY"
    "qoCppqa9DUiCF3+wTzoeWGTMWud8rsbbEvj+YG5bUwwVo1mxtLi62yDfJIF2DeIpt1nww8"
    "NF4fcfftEc23litL5ti5X/2H3hOtalKfQvsPZf02ZdDplFi/ywbLNEKxAZwQaiGbt/4M5b"
    "P1WAszxVfYDTXKH7Vlh7K4lFKk6lKkosnomZrUMKxnxxqhqioV732N0qWYna9D4fkqulNY"
    "bqXK1CNYdp8czyzb+1EED1IOqtCEilA+P7HUmE1F2CBUvvjJ3xoRzi8wVJCYGIvokDvQn8"
    "aGA2/TIfTbiE49zENFdJ3Noefoelbl2uqd1dJEgweyVcqZrF5Wn0rWoBCg+jNcqdi1Dcau"
    "WVy7w4HNyllWK81vlRTcYo6r6IxKcqVWYJpsaCjGbGubeS3G7JS6E8tPkZEz1kqwq1C7vo"
    "oq293mX0Hcy7cNpeh6LTMLN8pBS/WqAqsu2e+q2HfaNClSyTuOBC4/cZchzC/0ce8vbaUw"
    "a4zL5rxLLC+0s0RSFpH1q+NzwDDZC/QS6obJkjmxnJE9M2lOepxt3jjXNx+awzHElG9+J8"
    "y/ZB+vnKggIdVCe+XdxypZYz4WZ435mCGo4Ygi29djQsp3W5fvNhysnum6DV2FO9YEVT23"
    "sa7XJMftkMKTm59gHma5Ke8S1ytM9FyU1+6XAiun+Rv0m1KwaL0O/G/YSOoeeMQP0xCL2E"
    "SHSu8tdxKkXLNwV1Pc1NQP+/foNGJ/O3ROuUfQHCJ4wZ/CMRsbrstlp/pt3/wZft2mrFep"
    "WX7P7yma33FkJvqMYAvn+sOjKtvwQamS3E+Zrfiij02u9yfEWpN1Zcs70d7Rh9k6SVnics"
    "p31TjfVSo8OZripH3RKVnFemlaS0t4KbO65kpH3KVDbxj82TRF40X1jg0RNJ6nuwsk85T2"
    "EOIV2no1/TyWkRl13y3mpt7A7cS2aJMZaAU+B0MLA+n1LuFsQu+YuSAAFloFgrpBwgIEdQ"
    "nFzWi+4tKwXM4NawiVzPnlLKP60znnjWQ5I0wZf6OoCsXkkGByKGrSBqlJKjdxLDdxWl+q"
    "0iQqE+7e7mTCVaSwdcbynbDDFSnsu2tmtUytlqmb0ATPXaa+hi/henByU7ZOHc8eFAuFfi"
    "7JMRWG3RLg/1KZ9uplOcaV0xQHIR/V0G9dgT6aIkHs5OpFPrwS7uZkltAct3MmjWix+zmZ"
    "vrSaHxpZmR57pI7IeWB5fJnvIKBrwB/LJjr9NrWgXmRrdHwKxys9iMrWX/tbwvqpBS0PXc"
    "wO84j+xCzTL5FPB93WjZVvucHaRafEtyw6iLTXMynVOv9y/UkZlp+YrNmUlFRmU6PNJpV7"
    "o93tG816si2cEFRt3OQ23i1HptrhSSUj3AEVtMTBpZIR7nAywuSGEnmcrvSOEyXcrsROF9"
    "WNa9tyHpFNNbv7Jx15UVTD1GVPMOliSn3LxHBGcVJsdy8MYo9+8/wU+490gUKvQokOCeoC"
    "49fByEgwgQn9ETc9zreyt/oEggomdmAWNwpz9UR3A5vf9llfHfLEZqMxNUWiHvgHlnsXc/"
    "3MHSgU23UgvInNwK4z4V4LwSebTcndAu6nu/Qeht6xJsy+IJQEAwI68OBTD+vCXQqwPkSC"
    "pB6oQy4+n50hsc2l8AgYpAov/2A9Ucd/KDiDbgVKS4NLw+qwQIDOHvTNr9EAEhVQMaeNGf"
    "c7Ja6HeINWplvFZFpIQqkSblocbZoJNg0/EwmAYyItxHcjMT5iLJbBOBJYC+GGmX5pgKu4"
    "zqBUCcAZ51li+skCfQPTaMGCdFqwDYCXWWH9P24SBlgI66vz3h+vE0bY2eXFz2HxWDOcnF"
    "0ep0PYYEpfyxxOCCrHZdPN4Zd3XKoGVv6Olui9yt/RTn/H79S17q2R4RWkmEpc75R5O57S"
    "JSvvurBPLphI1YQuBcsLk/O61DAJvmWXWGCZY0mxdO8ZLpjRxHBFLqgx5R3fUjcw5cOc+X"
    "swFO/UsJG7CR+GX1SsIgufAtKlyHTmwtAHb4+hHQ61Y5Vi7grriUbuFW5gCmNBTMCf4hEw"
    "nRU8HbxF4PXAK/eWy71bB2ehjh8khw6JLvG/iQ7hLMyYFTw9JslCrwSfjcZ+vVgVNeBX9H"
    "zQRkz4dOClJga+vbd8qgmbUMdD1wk+CddDwsXDTGw5vZ+TnCN6UOJaD2MP798hEQ3DDwvE"
    "MnBGBBESj7FHtSPkDswFnRIfCHwO0uSLuIyiXqykXgQDiQzCMZEWOkFqdjIFI6KUF28p0k"
    "J86w9bis2UMjCnxFoIdf2jBWoYMhiH5WvxLLV7HFbbP20DZqFwZiEu1Oei8iqkMR3SqEib"
    "hVC3yTWmkkh9Ly3dCC+3al9F3VTUzW2mgqvP/XsCDf7A3MVejus3utYpc/uO4qVW5zAz6d"
    "TzvaMHwgdpkInxT/g/rGafDK07G1qeC5erz+26WxAdQLewFl34Xx1i5aUsq7t25YbcUTek"
    "ygO0yTxA9uxBBtywfOt8u/XnERMDWBbb4cSw7cKhIxJq05r228MP76MhA3+UDRLD897ZWd"
    "beDUd1Ce9BXEQ5EDKAwqzpeNK0i4TYWqg2zMZoBO/CRzXbEtLMi7iit1vtUJV8keiAz8in"
    "MhpbtunmcTZlUoS0D++k0Rq8njZ1mTkbec9MqHLl1yIBWtNmtHryqshmCfFh28vLDxJc6p"
    "RmBokVWm3WTV1rRHXyas6c11EQDzJOoA0wOwf3MM3GvEt05lqYyDcQsCmPQovwdj9wgiaZ"
    "aXFBMMkx8TZ1J8HgCX9pTLyasCR1fUrdEQwfuk7E9uDGBIv4v+hk6i06JBLURVqSQAALwG"
    "PuEx06Kzy/qM5yiAfXxhzu2AsfBi+gvcoNm/rMGD8zyeWFNuyd9QVnaPjL5ZcLZZU2fcLu"
    "lFilQWtrsnuTp+VaZ0jVn/9a2agheeOwCrZQqpi+cZhBV7lXNovvnQsjvgzAkcAWcyufD0"
    "5+vjz7tLcVmN9XQfl9Mcjvc1wty8eSQDoltkW8twP00Ztq/sIyh2EO1l5uSGFxpNtSohVj"
    "xrZj3OK6r4T3Ky3WJodifU4wSVA3juYLKNK1gRkaThJ4xkWUi7YI0MCElZrasqKtm97qTk"
    "gABrv2zH0xklVsEfHAuyAJfCjWDb0Tt87w5vLqSuyO4R+kvTYvQzKH7jy1jcUzmydbyxZb"
    "SPh8ZNtHCHV9f9Gt88vg9LQPP/3/m9EyvjtMdplzKdWaUb+ORU6XPll0rsnOommx1mBan5"
    "7HpjPbcC1vIbV+HBdSoGZ7q02N9VirKVHFaWwap3F3mauN8QXsWjOr3ZNa28wSDOWcFS5/"
    "tT43ckst/mcoE77BXQ9Wl5Hx3kaknkC3Mpznckp+92tpK0jwFU4Y1qxZHp08v1v5lQ2grj"
    "YhtgX2TVl4Rc7QtpKNo0lGW0RhDeRNLIdvQH+ZABjLyIi0Z0BauCjHbcgiih5dZbPdDbKK"
    "Ik/Xa/pGvEjZfp0SbNOi3Fb6eFY9lSawJ+RUA9RGYV9OD8/ksMc4rTvWEJU57Ik+mJ9DMG"
    "+4qQHcFppfaXRTY6x0jMAWlMnBxBDfbJEm6V+vpEZaUdEKOqQRhNTeUZvNia7/bUJNy9B1"
    "fxdGBwnSAdH/b28ODt8cHBy8+dubH9/s86cHXd8nN1EewGBfBD+3oc1muI+EN55N7pzcjS"
    "i2emfFqW7wDFKqphp5AZMlXGojN1ZyN2llqVz1lah7hyXUvcMsdU+ZATWbAb6vT1oFTYgp"
    "DbQuDbSIJbWuAto672taUUr0wyZlsk42QLGatGyh1XrSsndUUJRQs3BFjE4QN/b/rq9//v"
    "n4WM/ZynpV4ZXONBRXnrTmDDFlKorfWBI6SiTQQiWl/lCv5ackjXHNEXWNArqsH4c4fyiE"
    "+YPSAzceRqB8kU3SBJUvsl5fZBW6iPBD1UN7iLxfLYE8GWZg/fu5MLWQ8rBJa2LosdHjGT"
    "UfhPKd3QU4drnUkuBYECblqGS1XXHGhvNAcTcW9FwGnJcfOBG17ZPPomUwceGr4FqHPELr"
    "4M4vM3dEX3dwG5nRmEyMR8qJS6fU8DgBXWiCaTAK9sbZ7D39/BrU9owwDQYm7OAgDmMrNc"
    "VeOA6FESXaPIa5uPkvnvV3sxkZmLeWWHBjy39I0zJxNx9MnYEjtNh1eNlNureYEWTOZjZu"
    "uPNIiUE4PA5UYcMbQQXiLssXddnc3xbniboLIvJu4CnMvQFvDu/Oqedh8khyR8fw5oAYHT"
    "2ymceLTban5VeHYOH/PlzKdmuOUlBmu4Wttk7oUCjbZONi7/KqfzG4+LlLgoNb55fLs9Mu"
    "wb+3jh/o5Ud5XffP+r0h/AwO8Mzw5vLkNzwjDm6dL9eDm752+elTl0SHt07v9NfPw5su8f"
    "9Pjz4vE4MUfIYSFuNSoskNuqa1WP++DWKsl7AWo/JtMmlqsxaDyVFuKogJbSjrYlsnBBXI"
    "8h1EOOTwyqU/saRcm4aul/XGxBTnZ3pj2mX4hg+QcMckO2HCHXNxSXonN4PLixfbYDaAP8"
    "eIjrVMybaysUKr1+CEsRpZkMLC9I1H3EeVe5Zt426qnNlgOA68wObFvVHtBZRz2exhTHSd"
    "U/fJGlG+71eng2lreWOwH307Hs3CnCW97d4719xcrleix0jZmM0Z6jolNiZ/nEnZIX7x1m"
    "UqrN8EER+BDLJB+RbadxvIsInjk4R9F5VXS4FqnwLFsWvfBKeWtptqTKml7VqWtpdxINmx"
    "pj5sv2MGqdxmHMtF1fVXxVPruC1BfLMr42NrOoWnup4JTLJL4/HrndK18aCk5oZFVxv4dw"
    "an2j2lOu6sEAYG3bsUTrps4p9l9+SBMZMT494Dizna4kEEBDl0TrknVnbF2ZzV8E3dRMUY"
    "NXj67JQY6GF/kNDP4yJtUmRqU9Gjz0kC1ISMQlWtVq0xWe7salVGv38Zf344vQ9n7mhsuP"
    "kRydlC1RQBnii/WhuI5mgkc7GpoG/925oiq58THCiIHvwMZm6PLc94TO+QO+aNieWM7JlJ"
    "TfLqV/rPWYdY3DYck7/OUQ22cUelJ+yonqC2xdngrsPxz0oG5LRcG8GugnUx1EVIe2wdnH"
    "0phfIqlOXsCWVKJJXehmhDyeSI+UHHyeyJpUHHsayN1TSg4Rg3sbxbkGW2vg7SDxximYKQ"
    "b1OiW1yDSqwnmhOIvE4FudSDKJIy8BAr7sFOqCzFYbOr+e27EDy7d9xH5vkd5d6tc36qXQ"
    "2Qrz4xtak1erx1LvpfuuitS38XL8NJV+vANbtDooErZ4hhzKaGUzDGxOVSsN6B4KZwDcef"
    "7bo/ji8vzxKej+NBeou5z+fHfejMoi9DIctTK7/NGd/Vym8Dgpo3qWUeG46TH4caXCnVK+"
    "+WZerWJ0Vw5B315hRK6NCFXA+uef55nTqm/+sVm8L1OeiKVLxajmNtmzdW/rUGD2ZlyqoA"
    "cE1lNZRttrLau7joX4O6Kj7ZW+fq+vL8Etn7XRJZh81QVT3Ls6V8nZFAkxtgTc/QRvYA57"
    "M7TRrlhFDrNu/cSIJLkYNEk00jmpRqYZ/eCNa25TxqMzdnJ/BipOMyrevRbyuh/LYE5bcq"
    "ZatyI7TNjRAp9FnAy1ksCcEaSCyrI+AVh6WzXsR1YKTJtnBMTLVv09q3Iatyl5g5ai/HXe"
    "Jf6JR5S0TWKV7NW9KbCHIvMVyKnKCfiK57zDNs8l8El/A0/8ePETk4OPH/SUR4uqcUrk8Z"
    "dgAN01vlJQvezG1EQq4JndxRN8y6hTAKRpNBHmZIYEZvipPIr9WFc0FmLjbzbJjbOMFAZ7"
    "8i8grNVItTcvX31/tEH8ForLE5fII6wabgt47YgwFOE8zNZeBGYiYVxKkOoZOpt0BvjeMz"
    "qRzmUKhEPAq80yN1tCdoG7ElmQs34UiucukTXAmeVxTCXGP6mMEXRL95MFzA28Jd3Mcgq5"
    "hDiTiP9SCL2yBTYzGhjkdmDr7W3FgAwjPHpcZojL1C45Yz8tM0i2e7Yq6HCdP8rSVGmF/s"
    "1nGYh9HdBn+kJhZDxxLcD2QYPLM5C9OZ4StPDcus6Ij6urfcd55+m1rwfeLgB6W+7kVthx"
    "dj9E1xUdwNrk5hhBQDYVCPuDiyLXhf/JihPh6/qhxfjXR8idaEkVbGborLtC5W/KBKduOD"
    "4vTGB5n8xomvqXo/T4htKMlSS5etUgp/MMqt49tdSm/RQXDVvzgdXPws6ScIxbokOLh1el"
    "96gxs40k77V5fDAebJS525da56g1MQgb/oFO5f9a79OsLDW2f4y+DqSpwMj26d0/7Z4Pf+"
    "dR9Eo8Nb5+Ty4tPg+hzPRoe3Tv+Pq4EoGRxAud7FSf/sTJQLD9dxPldyjpb4RrOu0XByk+"
    "XbpuVa6Larn3eb0SRk0Y4EWwj3wUGVeeigeB46KIKbTgxLyk+aEWwh3IdHVXLEQKniweQo"
    "kyUmqw1XhTwr2ToH9bsqrOd3xbTndxnes0tH1hRxk0E6IdTCjl3/sB0hJj9w54i2EPL6h+"
    "4gAkIG6phICyGuOWJijRH6RYbm3V6jDSCDZ/ckNZCsZOumw40gPqETKc9OWL516B5VQveo"
    "BN2jHH5H5CLPYlzsvkwItYmPXNuieHK1QQLbrKBiHGT8YbGVGwlo02Kq4+ZmW4yWwSSgTU"
    "mpLpuGVXYYUKNraSKXaOVUyiGRkGqdfvCxinrwsVg7+JhRDnLWliW6cIH09jr0wY705tjS"
    "dQbdFXSfhKRKS9Q4yk+8mROki5x11DKuZEZ2i3zJ6MzOEiYzdBXZ7yy3AkWwa/LXhjSiNU"
    "bUmJhq3ya3rxgJ12PI1pnHT7XwxlpYZWv8Lpp5NjXXbOakpGrmxjWzBOE9NrA/UXz9rH4s"
    "kbhcMNn7T3QnnSVFGRnSsYLP3fNcgHRmOTv8ZZRjFDDXnwnTlV9Lm0DaeHSJ/+kVhZhEH+"
    "aKOBONRgVXBpt8GTMyYU/UjG2OLsIk/PQWHvMPOn6QAkZuzMeLfaJDpcwV0QsGJtOA+1ne"
    "4gcuNksXoR5TjMZg96JavuAenWRDULZ9c5Wio9HE7eJIBbHlsFygQkykdR7r+rnP+NVpZX"
    "T5fJBTYgrolUCDpicPc0KolYyjumEWM4QMxJFAC+Gtf5dGlxo8b02rjP0ZSrRwkNgAe8ul"
    "/xLLgHl6RxnKcanWIV3/Xq7KV1YI/a47UTLhL/Ibd8ak2kQnednkoSzMlpBsCOnUoVHWhR"
    "1rhCLvQie9oWGs90nvZ7hxT8UZfTDsazqCp9wr8lfEy3RWey1sLK65y/IrnRe4Kd6UuqBY"
    "GDZ5MuwZbnx/L5IxiCo75JFOPZF7Aj0BtjEnM8ezbKI/UjrVxLGf3FPkBPUhNvfJBfPG0I"
    "QEnpMSGOdNzEaRdV9s//bKgdHgMa9T4sBQqRY2nmphaixsZuT08l+HlxdFpIVIJK3AWSOP"
    "/IfYFt/Feb4EWgQjobWFkL467/2RRvvk7PI4rY5hBccp6JfDmawWnZTcjha9zU7fJiVa2U"
    "qtbeYmZVgTK6uFKmWw7LpSlwzLrc62RrhjTPmYeYk0Y12RWaxD/G3FhZI2da0RaHgOfaIu"
    "GY0N5wGu+xdEin9x/GS4luF4IqtaMsdZzpbQW7y3yMsWxUhxUDqCdPd6EIISnsJ1N1RWAc"
    "AfuFhI4+FKmoAWTobV+A8gxDvEcjCLnNJSd1lLbcIyW4N01PqXJYIvVNoTlZTblC+qrR1+"
    "VzYS+n7wl01okZZTi3QVFun440wG46B4C6Gtf9lIbcm82V1KADm55ftIoIUIb2BksP4tt/"
    "9LUF6BWwHc3dr5ZZc5Esy1HixHE7ZxFuuSZd2kWJuWdmuLrYb38qSRTQopXHNw/dfMEGxl"
    "CVTjIgrTHEyFD0I2UUhSSOFalotJ+AYlsM0KqsQ2BfmCZKFNiylgVdJ3lfR9fY/s1GWjmU"
    "sxUq2UmL+65+TXtMVedBEsCMp0IZTpEvxb1JjQ2r0/g2bHg3Warf6NYqOUdM/82rPV7FCD"
    "Xfd7p392ifiv+lfbjAYc2YZVHnG0uvXSdexM06019FXKUV+Soj7jxFSkaEWKbkojtIMUPa"
    "RTwzWCd88nsMSKdFbTWHiy9EoyC24gF+yZNx8zYtN7b5+cCkIydBux9V1I5vCL/cB9Vgcn"
    "mCmNY+h0gtCc5axs5hbPoIy82BZbDaMuNIJBEgSgrcUSTMsqnmDjeIIJ7xB86Wu0ckxsK2"
    "nEFNt352igpxagDzOfM1rkzaPxy6VzqJkqWGn6vIeuA23cIdwD5cv0Z7UpbkL7CFc6xKX3"
    "1KVw8nUXprIRqmO2nwqHWHB5ue+rZfq5SEBghhveznC+yZ9Pt3DPnAn26x7Wjhej+v2tWh"
    "VRs+nTbNhw61jNoWyTF/P3+n/c9K8vemfoQ/SPbp3zwfC8d3PyS5eER7fORb9/OtR6JyeX"
    "ny9uwLiO/0QHyafPF6fap95AuB4TP5vhBll+ebmtWaQoxYSa3IyN4WsZYq9zuRFrKdOaNZ"
    "Ytsz3l93pSezzJMWBUSFZrdfHkLMGZ/bSmUZ0QVZmbm9zOgRovH56QkFNe+bq88tNlCtNn"
    "+uXblwy1k/LMJ/tgo3zzIfg5voRYuxT7EWLdYLUPQV8CITKUspnLO2Q0Zpw65I5iUKZwjs"
    "+hPdmcsCl1+E9EF0w0zdc5hVw84FJcjEdYJjwIG7+jiB3l1PNsyrVwBSYpAkeGB38sHvki"
    "cEeILvG7cYdwRqDABAZMkR8lLBTUinlcRT1wL92h3zzNpZj4BGYtcZ8g/yvUdm85Fh9TM6"
    "qB3eMFsTtB8ChQHmWJ8QDdFV40qIp7dKoTwUvDB2dhbhUVstr0EbpT4gkpmzJL4snKJszd"
    "D1ytP6gBANMm8Gmwtd1OyRqa7LXYO+ldC6LaNXLZesM/taven10SHt06N9e9i+Gn/nWXhE"
    "e3zvnl8eCs3yX+/7fO74Prm8+9s6VrKnUCJHoX+HtZWerEOg6qTeSrXc4S2aYv34ZRewkX"
    "yg7xq3eQqSq4ZpIOk70kTy30xvr/Ix8VPquIybr8kfmGtMFw+Bkl88+nmK2965sBlIkxTz"
    "OnauSl1k7O8ltX81N9rGP451agzP8mm/9P1MW8Y+sOCDHx5npPAxbkrQPXb8SHFxzkr++c"
    "Qbt0Cf69dU4/X50NTsSJ6HCtVZzDSgHLJfHKmY81ZRvJGQR50mvNl+lP87sxD2Lqims4HO"
    "xzeFhJkyAr2dyPqDHratMHbeqyJyuXvFpifiXFWgf0BuyvB837JmvkxmRaB/FBpeW0g5Ll"
    "tIO8pPsjCg+mzVypVcuUWOuwPqqE9VEJ1kdZrP0NY9dYl08JqsX59WbKgEVG12uEPGnVEu"
    "u1xL1h2bO8IOCSfZeWIq0bbTZClDBGfkD6neE8ygCdlmsd2vWrKiFkPvl0HbCXkgruynBj"
    "cM16cC8lWwf3UTXFpURvKYLbnK0T/JCVVh65JnvkfF1TupljYqp9m9y+SaqBbDNnpVVEU4"
    "MbO8YDybb0cGLYdqG5kxJtjaXz9vDD+8i2wR9l1szwvHd2lmNIKg7y9/D1zKbmms2clFTN"
    "3OhmVklBmkM/VklByOaTgiTTHfrhwhbNYeUcB+KffrumdpSTIx/xVIhyS3D/S4qknQhynO"
    "XFq4aIXjr0hsGf1bheRzXtpM2Uj6gEkz14/xwi+xKZYh77sh0qbIvkEJwnJtAgozCcHKnW"
    "mPTFjvjbXZ/MTd3whCB6ixwwFicc+dli98u5NcpJJbOBewiqul8VTHE68sJ9lrq//7hPU7"
    "9irodh9yLannfgdtZojJWNkR4/c7lPIR+xB8fi1CTGhDkPxPJ4IvQe91TSLZNOpsyj8KFr"
    "j3Sh+5IOnYsofntBjHsPntxA9jqfL3nyNKiKoCefmj9FzwSjhm0seJgJwJfi4g3fknFFrv"
    "rXvTlzH2OZ0YwnuA12A1TC/qGo7I2ksqfabB0KWKqKXUxheir4YaciweFpvycyF/YaEq2f"
    "+IwkraC0rLKDGm0H2TBf4Bj7SB2ZNZWUWOsWVA6rfFOHxd/UYfab8jyYQr2cIa84M0NMpD"
    "WuuPqy4Rvc06jrym2gk5RqX7/dBKlgRzKgqTlgzTkgsiNkPqSEUOsiC+sf/33DbF2Fdynd"
    "6IjC3Q1t2JXMSS2xDnc8OPC/P8OgG4TQSQUIBoIYJBgcYoQQxs3i31snMA+13o12dX35++"
    "AUA2ZzToLU55OTfv9URBaFh9mgw7K8cet8ePUH3qY8SzJTUI5ok0fHxlDp4t49yViLHNG1"
    "IG9WCNeGo4cUc+C7UKOblNXqO3EzZxaVq6x/clwsed66p78K1fP9M7v72VVZ+ayQJSxc16"
    "y4TP+MHGEv2q03lyHsWVm/kn2xcMk01llXrZxqRqxspWTi+El1yRzX/OYGJwZ/FGt6pn9q"
    "BM9D8GX3ic5m3ohNqFhAxHsscFXSpmTmPMK4mpP1q/7qVQ6sBo/onZKFQ2UqbD/qRrlFXj"
    "RsVWAihX5KUDXB2k0QzCUyw0xMpHVLSx+rDC4fiweXj5nBBTlN62R8Woopi7jRFrHP6lrL"
    "85ESVQuITW7nwGyQ1Y4TYmqiqotOX0RDlubTV2YhN60ZqlrqiQ7YqFTenzl1z+mE7eXY89"
    "G1TpkpP4NS2iQsVsmKd8BA6ggKLvSM+3tB7N0nA488MMrJ3PLGye0uo/0t0WLzc1cvrxOb"
    "Gk+U5xv0G7uTsu0bPGZ1Smz7O2ZKGfRh+RZa8RtJQ6XWoL4LTQwujpl8XGNCTGlia7sMxK"
    "QrC35MSEFflxKMoNagAn/mrY4ojXW9hPp70hue9E77ezljSw2gDlHnazGqidG0UWZFj7rW"
    "aLyXY1QEV0pNCmNZZpU9UYxpzRr696KePzNsoljxfgLTyioiJudDGxNpofp9eHRUheN4dF"
    "RMcsRrqXW0aU4unpKUddO8/DttQHcj+Yzhjl4uM+XX4eVFgVWzFEmbNNbII/8htsV3Ufkq"
    "ARfBSNgxIaavznt/pOE+Obs8ThsoWMGxHOuq/snsr/8DT97AsQ=="
)
