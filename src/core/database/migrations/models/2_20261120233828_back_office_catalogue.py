from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS `upload` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `sha256` VARCHAR(64) NOT NULL UNIQUE,
    `path` VARCHAR(200) NOT NULL UNIQUE,
    `width` INT NOT NULL,
    `height` INT NOT NULL,
    `size` INT NOT NULL,
    `kind` VARCHAR(8) NOT NULL,
    `name` VARCHAR(200) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `touched_at` DATETIME(6) NOT NULL,
    KEY `idx_upload_touched_f8fe52` (`touched_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `faq` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `category` VARCHAR(16) NOT NULL,
    `question` VARCHAR(200) NOT NULL,
    `answer` LONGTEXT NOT NULL,
    `position` INT NOT NULL,
    `is_shown` BOOL NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_faq_categor_3c13eb` (`category`, `position`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `notice` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `category` VARCHAR(16) NOT NULL,
    `title` VARCHAR(120) NOT NULL,
    `body` LONGTEXT NOT NULL,
    `is_pinned` BOOL NOT NULL,
    `status` VARCHAR(16) NOT NULL,
    `published_at` DATETIME(6),
    `view_count` INT NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_notice_status_b185b5` (`status`, `published_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `policy_text` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `policy` VARCHAR(16) NOT NULL,
    `version` VARCHAR(20) NOT NULL,
    `status` VARCHAR(16) NOT NULL,
    `title` VARCHAR(120) NOT NULL,
    `body` LONGTEXT NOT NULL,
    `change_note` VARCHAR(500) NOT NULL,
    `effective_on` DATE,
    `published_at` DATETIME(6),
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_policy_text_policy_70e5e1` (`policy`, `version`),
    UNIQUE KEY `uid_policy_text_policy_8df82d` (`policy`, `effective_on`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `branding` (
    `id` INT NOT NULL PRIMARY KEY,
    `shop_name` VARCHAR(60) NOT NULL,
    `logo_path` VARCHAR(200) NOT NULL,
    `favicon_path` VARCHAR(200) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `shop_info` (
    `id` INT NOT NULL PRIMARY KEY,
    `company_name` VARCHAR(100) NOT NULL,
    `representative` VARCHAR(50) NOT NULL,
    `business_number` VARCHAR(12) NOT NULL,
    `mail_order_number` VARCHAR(40) NOT NULL,
    `address` VARCHAR(200) NOT NULL,
    `phone` VARCHAR(20) NOT NULL,
    `email` VARCHAR(254) NOT NULL,
    `opening_hours` VARCHAR(200) NOT NULL,
    `privacy_officer` VARCHAR(50) NOT NULL,
    `privacy_officer_email` VARCHAR(254) NOT NULL,
    `hosting_provider` VARCHAR(100) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `stock_adjustment` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `variant_id` BIGINT NOT NULL,
    `delta` INT NOT NULL,
    `stock_after` INT NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `batch` VARCHAR(26) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_stock_adjus_variant_4e0ba4` (`variant_id`),
    KEY `idx_stock_adjus_batch_0a545d` (`batch`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `promotion_list` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `code` VARCHAR(16) NOT NULL UNIQUE,
    `by_rule` BOOL NOT NULL,
    `days` INT NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `event` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `title` VARCHAR(120) NOT NULL,
    `body` LONGTEXT NOT NULL,
    `image_path` VARCHAR(200) NOT NULL,
    `is_published` BOOL NOT NULL,
    `takes_comments` BOOL NOT NULL,
    `starts_at` DATETIME(6) NOT NULL,
    `ends_at` DATETIME(6) NOT NULL,
    `view_count` INT NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    KEY `idx_event_is_publ_924ad6` (`is_published`, `starts_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `storefront_setting` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `name` VARCHAR(32) NOT NULL UNIQUE,
    `value` JSON NOT NULL,
    `updated_at` DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `restock_alert` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `member_id` BIGINT,
    `person` VARCHAR(80),
    `channel` VARCHAR(8) NOT NULL,
    `address` VARCHAR(600) NOT NULL,
    `language` VARCHAR(2) NOT NULL,
    `status` VARCHAR(8) NOT NULL,
    `tries` SMALLINT NOT NULL,
    `next_at` DATETIME(6) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `closed_at` DATETIME(6),
    `variant_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_restock_ale_variant_ecd0c6` (`variant_id`, `person`),
    CONSTRAINT `fk_restock__variant_4d908e99` FOREIGN KEY (`variant_id`) REFERENCES `variant` (`id`) ON DELETE CASCADE,
    KEY `idx_restock_ale_member__ce73aa` (`member_id`),
    KEY `idx_restock_ale_person_e58142` (`person`),
    KEY `idx_restock_ale_created_741e5c` (`created_at`),
    KEY `idx_restock_ale_status_9d2ed7` (`status`, `next_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `event_comment` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `content` LONGTEXT NOT NULL,
    `digest` VARCHAR(64) NOT NULL,
    `status` VARCHAR(16) NOT NULL,
    `report_count` INT NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `event_id` BIGINT NOT NULL,
    `user_id` BIGINT,
    UNIQUE KEY `uid_event_comme_event_i_cd1653` (`event_id`, `user_id`, `digest`),
    CONSTRAINT `fk_event_co_event_9410c72c` FOREIGN KEY (`event_id`) REFERENCES `event` (`id`) ON DELETE RESTRICT,
    CONSTRAINT `fk_event_co_users_92411d02` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT,
    KEY `idx_event_comme_event_i_9a6b43` (`event_id`, `status`),
    KEY `idx_event_comme_status_b8dcaf` (`status`, `report_count`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `event_comment_report` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `reason` VARCHAR(200) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `closed_at` DATETIME(6),
    `comment_id` BIGINT NOT NULL,
    `reporter_id` BIGINT,
    UNIQUE KEY `uid_event_comme_comment_198e3f` (`comment_id`, `reporter_id`),
    CONSTRAINT `fk_event_co_event_co_9532b2e4` FOREIGN KEY (`comment_id`) REFERENCES `event_comment` (`id`) ON DELETE CASCADE,
    CONSTRAINT `fk_event_co_users_929e00ba` FOREIGN KEY (`reporter_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        ALTER TABLE `product` ADD `price_changes_at` DATETIME(6);
        ALTER TABLE `product` ADD `discount_starts_at` DATETIME(6);
        ALTER TABLE `product` ADD `archived_at` DATETIME(6);
        ALTER TABLE `product` ADD `notice` JSON;
        ALTER TABLE `product` ADD `specs` JSON;
        ALTER TABLE `product` ADD `version` INT NOT NULL DEFAULT 1;
        ALTER TABLE `product` ADD `reduced_price` INT NOT NULL DEFAULT 0;
        ALTER TABLE `product` ADD `discount_ends_at` DATETIME(6);
        ALTER TABLE `product_option` ADD `is_retired` BOOL NOT NULL DEFAULT 0;
        ALTER TABLE `variant` ADD `is_retired` BOOL NOT NULL DEFAULT 0;
        ALTER TABLE `promotion_item` ADD `starts_at` DATETIME(6);
        ALTER TABLE `promotion_item` ADD `ends_at` DATETIME(6);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_10dbaf` (`archived_at`, `updated_at`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_638322` (`archived_at`, `name`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_ca4bf3` (`archived_at`, `product_code`);
        ALTER TABLE `product` ADD INDEX `idx_product_price_c_da0433` (`price_changes_at`);
        ALTER TABLE `product` ADD INDEX `idx_product_created_9eb6f4` (`created_at`);
        ALTER TABLE `product_image` ADD INDEX `idx_product_ima_path_32fe47` (`path`);
        ALTER TABLE `variant` ADD INDEX `idx_variant_product_cdbf1c` (`product_id`, `is_retired`, `stock`);
        ALTER TABLE `order_line` ADD INDEX `idx_order_line_image_p_a63121` (`image_path`);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE `order_line` DROP INDEX `idx_order_line_image_p_a63121`;
        ALTER TABLE `variant` DROP INDEX `idx_variant_product_cdbf1c`;
        ALTER TABLE `product_image` DROP INDEX `idx_product_ima_path_32fe47`;
        ALTER TABLE `product` DROP INDEX `idx_product_created_9eb6f4`;
        ALTER TABLE `product` DROP INDEX `idx_product_price_c_da0433`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_ca4bf3`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_638322`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_10dbaf`;
        ALTER TABLE `product` DROP COLUMN `price_changes_at`;
        ALTER TABLE `product` DROP COLUMN `discount_starts_at`;
        ALTER TABLE `product` DROP COLUMN `archived_at`;
        ALTER TABLE `product` DROP COLUMN `notice`;
        ALTER TABLE `product` DROP COLUMN `specs`;
        ALTER TABLE `product` DROP COLUMN `version`;
        ALTER TABLE `product` DROP COLUMN `reduced_price`;
        ALTER TABLE `product` DROP COLUMN `discount_ends_at`;
        ALTER TABLE `product_option` DROP COLUMN `is_retired`;
        ALTER TABLE `variant` DROP COLUMN `is_retired`;
        ALTER TABLE `promotion_item` DROP COLUMN `starts_at`;
        ALTER TABLE `promotion_item` DROP COLUMN `ends_at`;
        DROP TABLE IF EXISTS `stock_adjustment`;
        DROP TABLE IF EXISTS `shop_info`;
        DROP TABLE IF EXISTS `branding`;
        DROP TABLE IF EXISTS `storefront_setting`;
        DROP TABLE IF EXISTS `event_comment_report`;
        DROP TABLE IF EXISTS `restock_alert`;
        DROP TABLE IF EXISTS `policy_text`;
        DROP TABLE IF EXISTS `event`;
        DROP TABLE IF EXISTS `event_comment`;
        DROP TABLE IF EXISTS `notice`;
        DROP TABLE IF EXISTS `upload`;
        DROP TABLE IF EXISTS `promotion_list`;
        DROP TABLE IF EXISTS `faq`;"""


MODELS_STATE = (
    "eJztfX9z2zjS5ldB+f6YpE7jjZ04yWjurkqxlRltHNtnO5OZd7Ql0iJkcU0RWoKyon13vv"
    "vbDZAUf4uQJZliUJWKJRJNUg0Q6H7Q/fR/H0yYRR1+2JlZtn/O7g/a5L8PXHNC4UPmXIsc"
    "mNPp8gwe8M07RzQ2sdXACZrdcd8zhz6cGJkOp3DIonzo2VPfZi42v3QpGY5N9x7OMfjM7X"
    "v3R9slbES4b45GcNQTJ0zfp5OpT/yx6ZO5yYlHRzNOrUNiwA2YZxCbE8MQQu0jw2jBl6Fj"
    "yw98wUEaPuNDWWwIT2W7989w/74LlzOM+xnlvmGQEXwzo3tmLt13+65xR6EVNYjpWnCrkU"
    "/hVmPmWGSOzf0xPNoQtRn8DKtFXPpIPTI1OZ8zz+ItMoRu4vhDhMiETu6oxwl14VrUIuYd"
    "m4kLTTh1Hik/RCXNXPtfMzrw2T2FMx6o6s9/wGHbteg3yvHrnwdDj5o+tQamfwDn/jwQek"
    "Dh9Anf9OAyA38xpXKsiK+2dfAPvOb0YTCyqWMlxhychFPiuJSDYx/s+57rfxRtsR/vBkPm"
    "zCbusv104Y+ZGwnYro9H76lLPXwgOOZ7MxyF7sxxghEbDkz5i5dN5E+NyVh0ZM4cHMsoLR"
    "9geexgMLi4vB3cdG8Hg4PMOA8lYkMvODRkLr4j8KhcKOAeH+HHn46PX79+d/zq9dv3J2/e"
    "vTt5/+o9tBXPmz317i/5MEttyUsJnfV+6V3c4gMxeBHlK4oH/hIypm9KKdGjS+1HPZnsgN"
    "Ox6eWrPxJI9QD8tHQPhPou64LwwLIPltPHLjphYn4bONS998fw9c2rEv3+1rk+/bVz/eLN"
    "q5dJJV8EZ47FKVR3Qr34RGr6DSQaqOC3byoo+O2bQgXjqaSCUxNOVS2nxBqo6tfHFVT9+r"
    "hQ1XgqV9V58/VKRedO2k1Q89FxlTkDWhUqWpxLaloaAlk1//3m8iJfzUuJlI4te+iT/xDH"
    "5pkFcg90XaJa1AVeecL5v5y4Rl987vyeVvbp+eUHoRzG/XtPXEVc4EN6ukajS0XvkYBW+x"
    "PUDkYkV1sllxK7m1MODnYyo5y8qjKjQKvCGUWcSw1sywL9cyVDZCnSOB2/Oali6J0UG3on"
    "aQWDF+cNTFCJr6LjpFTj1HxcaSgflwzl4+xQ9ui/0KdWtEOSUo3T9OYN65hnn1HzGZzx7Q"
    "nNV3VSMr0wBqKH4YdmLY+3vc/dm9vO56vEGnnWue3imWNxdJE6+uJtqluii5CvvdtfCX4l"
    "/3V50U0vpVG72/86wGcyZz4buGw+gKk7ppPwcHjoL4RiRg8xOAAP3JnDh7npWYPMGXbMit"
    "pmT02OJ+kjpgsznBVoE58zQBl7Fp1MmU/d4eITXRzk4JCpFq0yNNJeth08BI0rYZLQmCAM"
    "iJDgkE0pfBJfqGtNGXT5ITHoaESHvkHw8biE1hC8m5gWJS9MaO5Z1IOfh2hbi5hkai4mMK"
    "cT23p5mItD7uCeObDenwfiZng2vBF+DqdG1No/UtCfRu1qidpF/Vh1+YsEGuiCv69iZLwv"
    "tjHeZ0yM+NtRVcNxmQYqeSs4R3zmWcOWC8QaqO3jkyoOCrQqNpxPMi7KHbMWg7HJxyq6Tg"
    "g1UNObN5y5D7rIV3EXlmuh5h48kekOaXaeDoV36KFcf7m46F38ouiohGJtEnzou2dgo7bJ"
    "WWCpKk/jVWbx4kk8M4cL+0lpBo8ktHu4cpQ71ORoXT5QJdwuJdbACeX4bZWZO+3yxSbut/"
    "mqnrm+7ai64ilR7YvXzhffX8hll17XvvdyXRAX9459+0w5N4UXm8Vb4udbpWgLthxMYk0r"
    "YS2BAMZcmeQRXCbmtcgDnfqEgTVEptQjts+JjbFWaHmKUCsMfPLpN5+YcMYnQ3jmn/EDnD"
    "LJGIZIGAdlwq2Hfj7isrM75+MubOZJay94jigkKhFmNWfewwBNwJnQtvlo2uKFFOFVGoqp"
    "JRST6rN1jP7UJXZofV51L87WMP0DsTYJPsRNf/jc7ZzBZ/h/HTfgqIr9dFRsPx1l7KfEa6"
    "S4sKZltQVVu7V1n72SXe3DbtwnCWKkc6a8wmUnLrJ68dmUhl9td/E5Pnrz7s3712/fRGtO"
    "dKRsqQmXldjINbk/oJ6nFoyblGreuN1G/IDF3HVWgpjYBhaBwE7Sa8Dm14ClrV15cyySaC"
    "Aetfk44JgLo6DkpFQDFX3001EVy/Wno2LTFc+lYq7Z1B6qqDkSaNxisHkMG/38rG5vweEv"
    "3gtrzOAtm/K7v98mZvtMjG80459fXvwSNk8H/qb3eofUflwL3UyJah+sdutvTfDNv7O7gx"
    "xYEw+3ytDMfwYNKmGY0PiQXLrOQsCDmJ9JPQErumTm0m9TGzMthUdJvJmLwGE+IrnmdVan"
    "axYCheKvwloStt/MfPe8WOFWlpJiVFB2p4qylxKNW7n1lqheTBQWk3hHw0ToD2D6W8NqSI"
    "nqjq5dR9fHarieuQWGA55ZZTvgKKtuP0Bjyf9g2RbhbALLOHQycjaMTNsRNBOINRlkyGCW"
    "CkK/bZ/gLhFYBGw0yrcnNnTdJ9gXeiPyOTcicSCqWnhxmUZ4tTsI7vTWC9FJSuoQnbotRv"
    "FeHtmuzcdrdXNKVFsdte5oXBAVtjDD5rvbvtz+qrWxHUzlzUu9b7ly37ImFvLlzL9j37qP"
    "mKeeYybHT5faykw0HNCoZSWDWTRvE9vighlNpjxywlxn0SIuw9g9zlzTIWgaIUnbPUwR9z"
    "ByRAxfaOZizB7Sn7VEMJ9LDENkULbfGUa+Pb2b21ZhX9NhgftnjeuwQB0WqM28mph5OixQ"
    "hwXqsMDmjFsdFqjXANU1YB8iqfYYGI28HxUVJ4S0miuoeWouHGbmeHbFFJUxEU1S+QSSyv"
    "3Kzq1LV+zFOlETmO0qQJRgNJmd4RDJN3PQtpxWrTLQLcSpBgKrMJcSlcA3Kf0DFygX4WM2"
    "x/C0iclxz9hnksIMKyEExQYOiWGDQc8zxGVCNMyXxVTbR9OZBSUIMtjbTu6qCx98zwCdLn"
    "yw1cIH05kHM7OSNRgTaaCKdemDPU550qUP8iD5bVACimVcRcuRQAM1vCX+bE22r8n2Ndl+"
    "09Ssyfb3NxNVY0uFqtfY0kawpS9TAQLn4EnBmVYZhjRbtlmJGhl8bB6fvBVRUGwkkhtHtk"
    "NjHGotwpk4zuGLPOnP7SEVEpjJwOY/E2Nq+mMDrxCBOZZnzl0y8tgErtQioo4mzeBHO75/"
    "353aQ3/mISDFPHpIDG7/e5llgbe5W/iUy9wMvL0s9umz2VDGCQfxYtQV2RhwH9y+JVLlWO"
    "TTNx/wnOszMkOFM49wKo7gd7i6/C1zSqc6g2OfISk5cFUW2qWEztGtsHfmK1Gfh+0bp9qt"
    "WIpz28pTb+HUEbXXwfQ5cT9jat+Pc4zBQnUuBbQ+c/SJa7KCNsPmWpc5unyA36Eyj4btGw"
    "jQbbhmwfMSdNTIw97KCqV3/La646cxjELV7zuGkYyjDP1W1W5OSuoM6Lr1ck2Qqk6wFZID"
    "VXWWuyQlWJWA+WMtVyJWX8fUo8QMYonI2ESwBnqaE05FLcZgqAzYKCoLINv+gBUDAiCIBK"
    "0EhCQzBh0nPMcQieHtDFi1u1v3XfmaBOCX6WMOY/y2cxZepmp4lIaRagkjLYeMWi8k5dZy"
    "fdL5C99Nb8Qzdu5oDilZWbJOINA4K/51FRvzdbGN+TpnO3JoT23Ffd+EUANN+ZNqIQwlEQ"
    "wZpHScy4tRApWO85kxmqDeo0q0ziWszhlS53/b0yHYLSoKjok0UMVVAkSK40My4SH7En+z"
    "34B/oDJ4dt/Mo+FcqeyYZOOWvq1oXCMshdrfd987Ed02tdbs5qSk7uZ6dzPiFKqeckyoSX"
    "tTO/DRMuhWsiey3fCRedS+dz/RheiKOE1PSvVhIFVwmT3rgr/CMRYePYjcdM+cR+hOfOjB"
    "b4dfTH25znduTjtn3YO/ngcuPIXnLuAlC0+1VsKFw1jLSmmRpsvn1AtTER+px+GkLC46ZY"
    "49XOTnNa4WE7Fh8rMh64wGz/YDF7mN5IVh+NSbcMNoEcOYevajCU3Fl4npPcDM7t4P6AQM"
    "q/RBHgotD7kYNGAYL1t9l3nxM4bRluAhPKaI5Q2eU0SawVvx42xKRsybtMh8bA/HZELhpx"
    "H6I95XIJA3n28wMs0yFxpMrPvU2CoBE+VQVMICIokGelKbTy0LJgEVDcdEGqjiLTC9gdlG"
    "82YRxhyYtwqc1EgopeM7kNpDJZfNDJeX5wmr+UMvXdDpy+cPXdC6UDo0sv0C9Fu7qOt0gP"
    "ZdtO+ifZfvz3e5hrnMo9Y5u7fdXm5yTqpFqSfjybYDBxsHv3a1N/Pr587pjze/do5P3oYG"
    "vrgARhfMXKxJZhgw53QGn7p/oPsgwguYrC0iwghgCbU4ujTL2ISs87O1uzzBsbDse8qVdh"
    "KXEo3LCdh+SbRweK5T/zEuqU2D2pkGNYkcE4tYXoZjsLiVg0AVg8WMcHo1xCRlSKiFmGEC"
    "IM5b3sR0bA4fX1x8/HTaIkOT0xFzrJeYHUg5Om8DOmXDsUE8aBdk/5mOQ4KznFDXys6iO7"
    "w34lBfx0wkLMKc67HZ/ZiYhLOhbTrB3I1U+CJ2zGUk9mgvLr6cn78MpnDMo+R8zqBvoSXc"
    "9AWy/S5etsjEXNxRbCFRI7ijMbf9MSZZJpIiccK/hz4RrGA2syRcFjaFh4HH5S0Z8iYEXA"
    "StQFquK3Nz8TOBBcQw4fhigqoRl0dGsEXfjVj8BTGYSL/06IQ9UkvjVnU3i8tWm7gRVDkS"
    "Kyaz1gJfr/C3bTN8xd9rJYAwLdi43f/3VZT9vljZ7zPKrn9m0B6Hu4llVEW7kUDTZonjky"
    "puALQqDls5yeZd1y6aMKPgHc0Lmw8lfFqFmWcpLtM5ve391lVUeCDVJvJv3735coNVZrpn"
    "bRJ9BIsV3Juz685XUYUm9mV55mJ5/CJtXz/P7gTYtmqxoJHADjvtQ+emd7qjl2TjGk64PV"
    "lNF2eBp+V0fZLc+iQYEDCw16nRnSOuq2jUDd1JsnxEHrpqX6dEd9LPOv1zvW5OYCWqHZ0R"
    "1q90nftab9l/F92so8ob280K2y+Z9B2a4zx+CEQ/frqmjunnh5plU/L3s9czsQPJyVEG3z"
    "5RSbFA5CYqabkX80Q9fY0u1FRVRdg3vDT0qcPqKrjYNV6rqRqTO45Yt0gQqj5NYzfiYh15"
    "raZqbMgmE5htYIhNmff0qUtc7Fpca28N9XKFiUrvg0BtT9RXF68VKK2h6prQCXuiljAi4z"
    "Ncpkmv4DYjW2ILY058S3LZXJHqNE82rpTtFPD5H5LLKXUx48ehxKU2RkSQIe4sOI6MPSEj"
    "27X5mFqHxJBVQ7KsRVjLDVctLjOMqGsRDAmxKfJz56dN7fj+OuhjT4M+dGmbbZe2Cd7ENc"
    "M4k7IaSagdkpAoiD5bqx76bIPl0HX3bhH2DdfNdYDflKwG+Ovc06FNtEZHp0R1P9e5n3VS"
    "nk7Kq0MX7H1S3pBhbsAp8u3lpuTFzrfK/G1RoXzgBe0HIYFfNZ8bW7ewaJVJHugC3FuMlj"
    "4kPR+d1wcsVDWk+d5yZckcP/dP+dAHolctKkO0/6G937pMOq0S73fZYZlOKHaAE0INjBbf"
    "fBmp2XpRMTMdD7MfZpSctVWnsriUNqQ2ZUhFi9ETLamb8Dp71glVTan46KuVLcWcfBsKj1"
    "exncJ2K02mDsG2h+TDzHb8H0VyKuVgCk2oSBWVxGVjNhVpqXDxxc+yriccX2AqKrEw19Ul"
    "d2A/jU33Hgtv0m9DOvWR54wYBpvDyDGMrMm10zvrrYkaT2SrjDNVu2xzJlmNUsw2z6Cmcy"
    "O3mBtp88EdTmx2zrZaKX9aUnCHHGrREU2ipndg6uxo6IjsxnbzWhHZU+pNbEnBkjPXKkRX"
    "oXV9FV1sf7t/RWBovm+oFA7aMLdwqzFoqVFV4NUlx10V/24wTYpUQscxgEsSw5nC/UKM+3"
    "DpK4WsRB6b8zax/dDPEqQ/glWuJWPAkEwIRgn1QjJuTmx36MwsmkO/tMsb52LzoTsc05jG"
    "5vfC/UuO8cpEGAmpBvorb6oU0H5TXEH7TaaEtphRVMd6TEhjt5vCbsPJ6onQbQgV7lkXVE"
    "VuY0OvTsDtDYUntz7KCug5S33ifIWFnov2g9FSYOUyf4u4KQWP1m/BX9PBoO6eT2QakNjE"
    "JgZcdGR7k4DSz8aquVg0V9JK+HQaRX+7dE65T9AdInhCLuHI9of7ctmlftc3fwKuW5f9Kr"
    "3KH8iRMpADR2Whzwg2cK0/PqlS5hFalXCLZUo9Ri+b2uhPiDWG1WfHlY7v6P1sHdKfuJzG"
    "rmqHXaXS36MlThmLTsnqqJe69bQCSpm1NVcCcZcuvWXw37ZDNJ7V7thSgMbTbHehyTyjPV"
    "TxCmu9mn0eY/xG23eH3OdbuJ0ouzeZgVUgYzAGIVGD0SacTegdsxYElIVegQjdIGEDgrbE"
    "Ifni+raDgB88XBDGgXTp8h6ETanLo4IWeB0dzVF/U6dm7OI16whNL/58vtTmCcbz5r6cGa"
    "Ys4qPoEjr2QyH2QwczbTGYSbNlx9iy0xZWlS7R3MwH+8PNrMPI1pnL98Jz12Fk3103641t"
    "vbFdhy546sb2NbwJ173T27Kd7TjfUCx5+qlhkanE7YYo/i/NzbfZuMi4cZqKWsjXaoh0Vw"
    "g4TYVN7OV+R756FQDqJG9tDlCdIbYtBqyThLrVkGuM4/TZA3UFS4Lt8yVDQhDgMRNorkG/"
    "TW24LsZ3tGTQxwsjyOM2XsoixZKMUOK+LvOJ8chsS7bIDyDd1Y01tlxj66JVgi2LAaKMei"
    "alGocvb57GYfmKqbpNSUntNtXabdJsHc3u32jVU+3hhKDu4zr38X4BmbrmmKYv3AMTtATg"
    "0vSFe0xfmCxxkhcFlq6BUhINlqi9Ut25dmz3AeOvZnf/pEM/yoOYeuwRFl0k4bctTIAUB6"
    "nHmXSIffrNl6T8D3SBQi9CiRYJrgXOr4u5lOACE/ojluHO97J3+gQieEzUBBc3Ctl9oruB"
    "z+/IOLEWeWSz4ZhagtoH/oHn3kZ2oLkLjWJ1CsKbOAz8OgvutRARaLMpuVvA/QyPjmDqHQ"
    "+E2xckn2AKQQsefOrjtbCuAV4PNUFSD9QiF1/OzzEUzqPwCJjWCj/+3n6krnwoOIKwAqWl"
    "6ajh5bBBoJ0DGJt/RhNI1EBnqdZm3m+VQA/xDq0cbhWTaWAQSpUE1eL81Ex6aviaKCg4Jt"
    "JA/W4lK0jMxSo6jgTW0nDNXL+0gqtAZ9CqRMEZ8Cyx/GQVfQvLaMGGdFqwCQov88K6v98m"
    "HLBQrS8+d35/mXDCzi8vfgmbx7rh9PzyQzrpDZb0tdzhhKAGLuvuDj8/cKk7WOMdDbF7Nd"
    "7RTLzjN+rZI3to+gWkVInzrTK04zHdsnKdhkNyEaR2sRFuyQd0vh41LYK/sk1s8Myxpdi6"
    "900P3GhieoI9akx5S3rqJpJEzJms2lBc22ErdxMYhmwqdpEFpoDhUmQ682Dqg1+PqR0udW"
    "IXRbYL+5FG8Ao3kfRYBCbgV/EISIAFTwe/IkA98MzI9rjfd3EVasm0OgQk2kS+Ey3CWcix"
    "FTw90mohKsFnw7G8Ll6KmvAtej7oIyYwHfhRExN/vb98qgnDiqwIneCTcCMMuLifiSLohz"
    "l0HtGDEs++H/t4/xaJwjBkIiG2gSMi7ZD4jD3oGpJ7sBa0SjAQeB2Ugy/iMjr0YmXoRTCR"
    "qGg4JtJAEGTDIFMwIyqheEuRBup382lLsZVSRc0psQaqevOzBVoYKjoO228EWWr2PKwLRu"
    "1CzcLgzKq40J6L2uuUxnRKow7aLFR1k6AxTTv1vfR0LVBu3b86dFOHbu6SPG5z8O8pdPg9"
    "8xYHOdBvdK5VBvsO461Ws55ZdOpLdPRIYJAmmZj/hL/hZQ7JjX3nQM9zAbnK2K67BTFA6T"
    "ZexRD4q0vsPJKzTV9dw5B7CkNqHqBt8gA5s3sV5YbtG4ftbp5HTExgWd3eTEzHKZw6IqEm"
    "7Wm/Pn73Npoy8EvZJHHzuXN+nvV3w1ldAT2Ii2gAIaNQWDVdXznsIiG2llZr5mPUIu5Caj"
    "XbE8qRF3FDb7/6oWrwRWIAPoFPZTi2HcvLi9lUoQhpnr6TTmvw8wZTj1mzof9EQpUreRUF"
    "pdVtRdsMr4qiZ/fR/NdBjlOHh1tl/twoaLDSlbspcZ5aQRiLYfOBcLKMQ2KYLp9TT3hnUw"
    "fUINKFsk7cBq+72n37M+G/Rov/P7RbV0u3Lt5ZWe9jNQdporNr7OodXF6fda/bhHkW9fru"
    "Wfe891v3+o82gdfVRhKuvnt63ul9bpMhjPhJ3726vjz7cnrbJsGc23c/d5Eytx0kxPXd7u"
    "1pm1B/mH7fnicAAJTH8y3zYjcyLlPnzls30+RVFW8SWhVnmrzK+JNybsxquTjFZCnRCB3v"
    "OrlEu5wbdjnDlT5n2S1jU4+L7ZBBPVyS95ZAfb92nGozlezDlpNmPf4uurkmO4sXzLeH9C"
    "DHBQ3OtMq8UHfZplql0zGbiu085IUkI49NwH2c3Tk2Hwf5BsxNcD5efflw3rv5FSn9p7br"
    "UgvzE7hMWAjczWXt0YICp9u9p0gpQdqKlGcbcltMTO9hNq3s58bKL8SeUXu62tN91mn54J"
    "fuRfe6c94m8nmcfG836992f+tewHd4FVz4dvPHzW0X3GG+4D6d1MPH9W0/j+m8JLw9FKhz"
    "h62bQ3BcxbuFVsUKPs54tzg7qvi2YftG6HfXni14VHLVUvfElnK6mJWCL7aH9ZbOrjsfbw"
    "8UlwAh1CbiD0z1Sysp+liPCT1hOCm6TWlZHXdbN78pQYtr0/kgYu2riOMlhTSSp6Gl7/Ld"
    "0dBSY7u5JtDSFXPs4QLN/IO86ifLs63S0iei3cAPG67EmTrE8syRLyg5ZJ3WQ9JZ2igEPF"
    "VRrVrCMxajPNx95cQE1VMLiUXtHDRpY1dGzKjnYuj7kEpEasnCISk8QtbWTwzmVJdYcEeD"
    "jkZ06IOnPWCuEdRQkUDUNz+6t80PyRk+JVZdeUTeUxQWxVT6Llw0MnAkqAVHTCJVjE2RVE"
    "SIhYwiJbSoQghPB7eWpKjLw/HH1dSo+wFnLXtvHVdmKV1nzx3c7uvPN9C71JtwhKx6v3VO"
    "/0DIyn40hxiycXn5qddtkyFjDzbtuzedc/jGTQc+X3c/frkAl8ejoxm+UZ87159gkr/4pS"
    "2AXljx3Pt6eEHhW5nblwWW8VKkzh24duBGpbiNkrCNBhRabrTjr5FcjeQ2CMmVJiZY9r7S"
    "oE6J7XByUZxX1k6Uq5YpV5YqlxnYCWM1o2z0h/OVnZYr84YbhRWic6tx1+8IVNAQ4XfXzR"
    "oibGw31wQi/OCZriX1nAEIo3OtMnjwLt6qUgwaEux6bC7Idm2LHB2SK9MfS6YJNiKzqcNM"
    "i7cInUz9RVA9yBf/ixrELs0PM9vMZTfMZPFk2KzKq1gH3OyJu1/FiBhGDw5UaSoSQo3wfV"
    "LsgVUs8LfFBvjbjP3tsHs2mJp5pAolHJhxocb5OVtJNBqZjzbcVVnVaTmt7Sra1gaUNqC2"
    "XAcTVpqeO2J5BlR0rtSAEmuVHTZb04L6KssYBLuVIuJ+MuO+CLvH8Hrb52QKv4CTF/3Z8P"
    "2rN/D/u59ewf+vhkf9mTl8B5/v3v30Hv4f/nRCsNHR8AgbvH/3qiW/n+DJEYhaR3fweXhM"
    "Uegny5JCL39O2Fa2X9FMq+Wz911hFfqEuj4csciCbqXigjYQn2ogDtlkaroLZRsxLde4Ff"
    "Wo0op6VLKiHmVXVI9OYeKGl8L0FQnTs5KN0/jmKeTuZtx2KecDd4ZhLCr6zhFtnMKPjitt"
    "sZXssKUVjhU6B4JOYg2V5wo3TulvqozyN8Wj/E2WfcGyYGoo2MjPV3VMpHEK3oorNAUdqd"
    "VqCQUaqN9NB6LsuBJwrZW7jULAbEpdeITBmM08pWkiI9g8fW9lspCheAM2GtlD1ULtGdHG"
    "6Xzzdl5KawPlCaXwAo1T/lYmmDHjGDmKVIyPtqU24vNkG6f1rTiTGp4t1L6GZzeTAiNpEA"
    "7y8l+CU63S5JdYo9VFG2ASHlKDvJgz9yXuKs8R2UTAE0aVT4agVsQU521iMM++t91BIOCA"
    "JyMyPoLb/cAJcntaNhdpkjkFHLZ1J0GmEn4bMPHTBK+KYUypN6SubxiEefDVnGAT+U1Apy"
    "0SCRoSs5UC2AAeEzN1wvNkbvtjzHuhns2svjtm0JcBM0x0c+6bns8FP4xMtfkngsJ3dMQ8"
    "GmtGXUs0ahFqIyCLe/3zsT0chyWB0QT8mRgehd8LM4ZUhIB3hdJiygj0hgQzh0SqeCCDOX"
    "m8WC/cMcwOwslFFNCQdwy7BRqKWr5tOM7IyHZ86vG+C+04g98kSVtl06HpOKhdTr1HOMAP"
    "xXF+yKnvOxTUK39wCwk8vAWG88pCxiZ/yBGD9mHtY3EACxHDpAejRjyUYMZx/THWIQ5yDa"
    "IKxeKXWdBvYgx0Ip2AGF4Ssy9kLWLJ0XN5McC0DFGl+ebXy68X0L8uMb3h2H6UuU0irEL2"
    "ich+ItChC441l2V3yuvANOPD76taRuTPg/AWwdQfWwhE+lPqtHjn804EP2+AdQY1uU9ds6"
    "HinaRkDCflGldQY/MQnK5Vss20DV1mZ8tpMRiEqLQ5Egrs0FH73Dv95fL84278tc1HiMUf"
    "S0HTKbHGOcZbyYaxqJ+L/xQnei0lGjFn7DrVK+4lZdVeaO6lxZpUWGpzxZAUlbp1be5f9E"
    "tsZgj8XgV9xkU021KRQgOwQ2lpy4o2bnl7X2Fxe19cuC8bPhRDYRTGcEZOD+TCgRwBZ6qg"
    "ev4VdCZo3bD13F4PcNC1+zwmr3u8zj2exqVVezxPfic9rsuer9fhCL0Pnkh1k7zEDq2UYJ"
    "9A0VgJxdrhPkPfvbm9vLpCzpvgQ3pPrBL2tHHGG5g+p465eGL3ZK+ywx4Suzeq/SOE2nLn"
    "p+/+2js768JX+bcePSO3vbI9Ul4ieinVGANzEwWiPboW029arDE63Rw2wqYzx/RsP4fVqa"
    "QQWlxIKzXDBz+lw5y5+O83lxcFm1mhQNoOsoc++Q9xbL6HtbdLVIaaKIdQ02hpyqzBC6Qh"
    "1GUpoqpqX0pova+v90KeyWIC9kKayS1OHkd7Mnmk4kRUPKt0iIl2o2vsVXnUoSZfq59Tor"
    "uJPtXe8/dAlaZ7WTOl6W5eN5I8J3LQFOX9bJrjD3wIrvHx0zV1zIIdvGSw+Km5rBa4n8Ng"
    "eTSYbVJ5dnjZzejqMtoUbaKmHsH/NlHgSar6TV6lqUqCt3DC8MoD26eTpw8rebFeULmyKR"
    "rbQf5LNG8V58HEp7aV+TCDeNnUKokxjNsyleRVmEWxTECZYMXe8IJ5uS5qwvnFUpZ5PNGj"
    "65Io+5EEEHS/EkC6FNHwaKa+XPACDFTHdUqwScGOOxnjWfNUtQeScroDlDog40hk+iPbGR"
    "+ZR+179xNdZHZwS43fPeyIIvukhbui82hZTI1B0AD8bipL8552bk47Z92D3OlmA8ptoPuV"
    "1m5qjk2o9xr85+veKYzlZ02m7k1M8c4WWZLyfCUz0o6aVrAhTX8ssljvqMPmxDD+NqGWbR"
    "pGi5gitdUwgsvyv706On51dHT06m+vfnx1yB/vDeOQ3EYV/oLkVDQkYWplM+8H/DKb3Lmm"
    "7eQZoDu884bpJbWZujMzVZHQedtEzs+XQbkdRiLtBWzWC5BQn7IFmhDTBuimDNCi5JN17c"
    "/Gga9pOykxDvON0Gc1ki7DX15kJS17aLWZtBwdFewkNCw8QX0QELf8r+vrX3758AEtkQ7x"
    "qG8jnbU0P7AB0my7SBaDzNc/E9NxBHsLt/9NZfGUUMRnLMc42vrtVuJ5+AAazKvPNFdmJc"
    "nOUjCTIoFGpDVvm8Vj+TIq63jDZCm1UnTZOA71/K5Qze+0LbplW9Tmg2DWz5mbGXOo6RZM"
    "zgnBlGLvQHJbmo2O7DZg48Pl5XkiVuNDL01u8OXzh+71iyMxmqGR7WsIuj5Lo4agdwZBV4"
    "kSEvDjZqJdItCzISpPJlSgcf40NTUw0mWbXuQ10iIOHzoO9XLJSxPnW2U+pCdbDsyo6UoX"
    "8tKlSM3JmUvmJjpnSACJ0HUQ9JT1AldKCF5R2SJwEycUC2S0/49t/T9JIoqg+ANdgOc3Nv"
    "kYGTZNcj+Dp/+Bg/vo+vDILaEmErB2Utdqi5sgwycRv0/cl5rDcfA0fReJJ8OHIEZQNUI8"
    "Qs7VOYWrWD/Le8sHRJpKSVwpSE7bQYGo5WmksIQbUktQisJnK06TifVu4L6Ybe1SJ/jpgp"
    "s75FHlEw6ustCPS7/5IdFoeI2AxBSv8zOyjDqU3HQvznoXv7RkG9QEnLXgWQImT5MTCx6j"
    "2Hl+XL6LUk0Z7/nPg2UqavBUmiSzpi61HIjKdlxCbC0zrl4Z/88UyCHfn4zmS/Z9Iom1HO"
    "2aKT3JFVQFz3hfjGe8z+IZct5UAjOWIg1EMjZMx6QLL6VIM6uxZpbRZmYrK5vu/SxwDqoq"
    "OS6zQy0/sN3ouUrVtuKibZmabU/kRnkO0o2vnd4t2HCK6g7F2iT40HfPvnTbBP7ru4FZ2A"
    "7tQ3HkVny97btfLj5dCMqO4EPf/djpnSOfivybNumfYTLy89N0ygk7IqHGoKqb4OsIbfaM"
    "Mstz4WJiOhGudolwOqv1u+tlh62XoZ4Q1DwEde7jAIxR9t+TcnofZlP7MDFw7In7MM2DvF"
    "upfZjkGKxTFNaNQMctLBk1oW4uhJ5u0ipD0QMMPdl6JZDemU6pa/3IXGfxs4hycqh1Tz3i"
    "sTmC3BK7ZTNvSLGglrh4AIgfEiO45cinXlR6ShyDT6aP2LBDRzlY/C5uKuDqO9Mfyrh4Do"
    "4WtbCsVVSH7G7mPJClvohlWy0JoQuM3iQcHteh2BZx+aHP5A1lQD3e1pxZeDt2r+Pi6z6d"
    "tkrg6Xqvb03tj3gpEcc3s6ovrhYQtm+SSbE5asHl/Kig05SU1myOZsEtVdxJWUo0EOjfSh"
    "KNWGaVwP5QoIEa3nz0rTCIVNQbCewsCWxXNbqr0DkfF9M5H2fonPcL8NJoSGvvSkULf/Bc"
    "+EoHRe5icLq12lV0li0rxVvJegwYeRQLm/qBS+frkHwRYw09rBfBuRZ5gPHWCly5l62o6P"
    "EDxTCkKQx6Dv6eN8GSz/kRW1u+p6wljeZkWHwYi1NzELfvXWqB2+fYLgUDP/I0mYdhTHhU"
    "uptDc8bBr7ThxrZ8SHAjD8kFQx8SwRgMGCPL16Hdx+rXczZzLOLDQ6GbKV1TB11YJh3L5Q"
    "9Fl1hEjGFtZSLqGeMhjBmDXz7DwCrfh8e5J3d0DL8cNEaHD2zm80rBVags/CvVpVOU6uQg"
    "FTusYa+ts5ccytbZXDq4vOpeiI3i4EPf/fXy/KxN8P++K8tuyJob193zbucGvgYf8MjN7e"
    "XpJzwiPvTdr9e92+7g8uPHNok+9t3O2d+/3Ny2ify7zuby5itCBK+hgn22lKhzh64b7PKm"
    "SqzLm+JQlzfZqqUaaticQxwsjmpLQUxIx3SuiZhpV6OxrobeeNUbr3XuiLyN1/ABqu68Xl"
    "ySzult7/LiufZeQ/XnONGxnil2oGMDoQLdhXBWIw9SeJjSecTMGe7bjiPyZ5gDjmPPD3xe"
    "TnB7FNp5bHY/xiwc6j3aQ8oP5eUMcG1tfwz+43LzNIf7Ynf3Rl+6I0gy5A3gFRiNkCIDvN"
    "qZjy58jBZXJiWJtOgWcdG5JXJ4YL4Uutjggw+xwqvwdFEwuBP2Fnjb4mFt3nddJjOqsHyg"
    "aJsg7yB3cGf5Cb1uk5M7/EV+sW+85DHBX5KTdRRLgk2mdgvV6BSkmrrM/GGm5FbJ5pvxqZ"
    "5X/Vv2qMRroqLZoH0D3dXNb9fIOSWj3fJd3N3afPtC4KEZUTQjSnhkbxlRNCOi5kT/3jpA"
    "E9Jsm5BmSdqdnWs2p9vvmO+zCit6PMwsRofyRE6bNAlLQ1Sf3IWI4hjW11MqdKIpatpqMM"
    "rYnk7hqa5nQifZaJT4+VZpOErQcuCFTVdjancmp4MRpQaZMzdkvR95FA56bCKPshG5Z8zi"
    "RIS1Esvmgn5Gst27dA7vhgimkKQ0OeDZlm6iEwVqbG60SkCkcDwo+JBxkSYZfhtzI6PXSU"
    "GpCRmtVb1BvMZiubcbxHWJRQ0W7ZuZNxybXn65nWyjaoYAT7RfbQ1EazTGT7Kp2BH6tz1F"
    "vmhOcKIgRvA1WLl9tjziM6NF7pg/JrY7dGYWtciLv9N/zlrE5o7pWvxljmmwiztqO2FP7Q"
    "TxN6P/4j2RsH0D90ROquyJnBTviZxk9kTir5WKktNyTVR2FV0Xq7pI0z5bR89SSmt5lZbV"
    "/AntSiSN3ppYQ8nK3/kldZKlwUtL6sRKklezgG5E1MvdgixLUbcwbMYlSGogSXkNmw/gIv"
    "YjWC4YKXNH/TmFFgb3MdJG0PricYOCBSK+vRC0xTJ+Bn9wjiG0yxvnBuxENUECBF+nsOyF"
    "iVRcAGZ1Css+lIE5+NDF5JI7yv2++/lscNXDlJSJNZjaw4e+e9H92kZ0MP0+PU/aiY6N2H"
    "xshJzw1EMjlnI7jIwI55+9DYyIVhJVuCshqGno6gZ2xfs4sA5Uezgmpvu3zv2ro2t0dE3d"
    "OmID0TXPX+xVepPnNs9NeEk2aFXzTJ2wbSXmiCD3wx97lBIU5Yfk65iJtI8w4wQTU9Df5Y"
    "IIAZNU7ID9AMvS57NDbOC6kiZwIUIPwO/EixDDAMsci9+4zuJlW5TXAS+XS+ZATCLxoHNN"
    "Qfsg6RocE6Usc8ENgv8LDzjc/Bf3aQkHN3qWvos1iDTIX/fZsbUXHuw2OmOv/Nfg/VV0tm"
    "JSOghdwdfCGU4BKQib784we70vMMFsaq0ZpZGU1FEatXNsarIv8QErTeWShQVnSu29u2Ub"
    "vQOhjbU9NtaEAtc01kLZem83dC4uutdgsIlXtu9eXV9+vkSKhTaJvLZ6GGu+7eeZasUBBZ"
    "FAnTtgzViCo+Mq8THQqljBx9ms4dndQFnLCaHGlc3bClexqM09mJq+EqNuUqqBY3orunZs"
    "92Ew85TqbMZlGjeiX1fS8usSLb/OallvBOuN4P0GJ/RGcDP9ab0R3Oz+rQlecsomWAvqmk"
    "6Zl7tblmzQKkNP6CM0hPEnBAbeUqLSnpkg/TaHYxJcQOATEzq5o94hMaLqiUY7IFpzGHug"
    "FjF9sfcUCYmkVLtg/2wL9yiI0ZyEFcmkGuCEjtPcC+BkP2re7LMXqVM1G7uo6UK531kfB2"
    "u96pKVlNMRbIqrV3y1ktaFcg+kBLdETN/QHiiJIYxZfk+MIeyiNX26vNyevQ9VAwmTU0F+"
    "IGHeiN+Ahr/wSuRHNRvmVRWbesOV+bm26XWKsX2Q423KE62VXmY1txIZifiYTYNwRtsPiA"
    "pim+DMDXbM4SRumk9nd47Nx9QysFAzsnYzDK6UctFmOXOz/uU2byaCNpf7KILePGBnMv42"
    "oZZtikrRd8xaiHNTx8RITfqtasjlnwfxxxGYYwQPaobvenqqel952/vK+D5lFXwLr1VBgG"
    "XQvhH6LfNTur/fJlyUUIsvPnd+f5lwU84vL34Jm8e0fnp++WGvN5f3GYBJT/Vq23QJUR1H"
    "rLBVh+UveYiP5/Gclmk+K6x3Sfdwl3SfZvl9Q6NqsU2qO3iL5eFsOh8IXtlsHxfXhksI6Y"
    "gdzZz5Xb47OvWmsd2sEEqSAaqfSLffUJB6qzzyCZ0VYaAxnVYMuKkGiRqWfU+5HxVIHJt8"
    "HKWV02++qHOI5QuHJpf1Be8c033g8CsYwhtk7oGRLWU5lib05/YQ6yxa1CPMpUQ8Uw5/7G"
    "7uK4BSiXzLNd8IeOiFoDzB4+Uax+YjJVhT0XT5nHrUOiSXI2IGQUFkPmbEoSMZ/4NJ9CCF"
    "6e7h08Lhvhu0fXHx5fz8ZUv+HPwF8icXRwlFSPYs2IiQAjk1GKOWcHt/xg+gwZ/h51YI9Q"
    "dGjoZr6wnXwkP5uTuDxXhiTERDimtAisH7lNF4MZy4lGgclLiFSpjRBLROluFSeoeqvvn1"
    "8uuFor6lUJuIP333unt1eX3bPWuT8FPf/bV3dtaFJvJvevF7nrTDxKKQ6aMVgSHaYS52mH"
    "WEqI4QreUSug++qoYkvrtull6qqvMRl9IBomsHiKJrqaz7mJAODN1QYGjkwm8iLHQPh3/V"
    "sMX4e1+haGsInehQ0BKdxt7nJ5VpFejZ0wDjTDphQ4bxVhHjS8/K57SSJ1plGDHDJrwaON"
    "yZSKzU9CiW+vqZGIbPfNMh/1eweA7klx+jmp/Bgf9NojpmI0rh/JShugYw7CzDyGLB27mN"
    "gH4lFAtjXQDNqEaR82mS+xlSkyIq6zI8hNMDeaCLNhwjQkeEzXzHfgwYVENMF7mEbE7J1U"
    "8vMUPUBNeYzWHEGgS7gvddkRgKhzGAF6lSJ6ZFRQRvi9DJ1F8gpZYrQ3pd5lK4iHgU+E0P"
    "1B08Qt8ggRfx4CYca6Z59BHOBM8rGnH4acaYwQtHv/kUhj38uInpPUhMW2DfeByvg4i6Sa"
    "bmQuSpSnB8bi5AwzPXw8RXHBUDbsNcKBQknu0K3kSRHIu8rQiXO1bfRUj8jhKTY/4rNEPU"
    "WlLJYoiyNaOB0vAnT03bqhxnvIR96LepDWamCDFGPDvqOzwZc+TESXE3ODuFOYWmkfChY+"
    "OiATYpXI/Hz2osvJZYuOhNcBhUQJS4TH1pZNcNXy7TcQT/vSuG/96lMZTE21R9nCfEtPG/"
    "rtu1h9D4VffirHfxiyo4Hoi1SfCh73a+dnq38Glw1r26vOndtkn6SN+96vTOQAT+R+a+7l"
    "XnWl4j/Nh3b37tXV2Jg+GnvnvWPe/91r1G7D362HdPLy8+9q4/49HoY9/t/n7VEy2DD9Cu"
    "c3HaPT8X7cKP60D1lTINShINsnkG4eKmWkYzLdeITcJtl9PMWBKq2o4EG6juo6Mq69BR8T"
    "p0VKRuOjFtJTK7jGAD1X18UmVTFloVTyYnmW3ZrDVcVeVZycbtV72pUsz0TXE10zeZcqYe"
    "HdpTOxfcK9sRjAk1cGBvftqONKY+ceeINlDlm5+6g8LGKqqOiTRQxRsuhLzGDP0sU/Puls"
    "NtBBMEKoNn9xUtkKxk45bDrWh8QidKyE7YvnHaPamk3ZMS7Z7kZO9GEHlWx8XwZUKoSfvp"
    "GwvrSu42KOg2K6hj5jJ4WGznRkG1aTE9cHN0G9sGU1BtSkoP2Uy2vuI0oGfX0izTaOdUCZ"
    "BISDXOPnhfxTx4X2wdvM8YBzl7ywpDuEB6dwP6aE9Gc2zrOqPdFWQDCUkduVrryNVE0EXO"
    "PmoZX0tGVlPlKPC1ZMJVVN+z3AtoMuE6v20YRrTGjBoT0/1b5/4VM+F6/DyaDnwveljnbX"
    "0X3azzthrbzWtRyYiUjSfmBYhI9qbltiTeGsd26SaUdG67e/xmlOsoiFx/opqu5FWapKSt"
    "Z5cUMrInX8wVeSYDBXL2r2NGJuyRWjKNQWQTiDQJWYPcZ/JDSyYpYObGfLw4JAZclHkie8"
    "HEiudwP9tf/MAxmYOIVI8pZmME1EJ8wX06yaag7Prmuo56rQO3izMVcNZWTFSIiTQOsd58"
    "7DO+dYOycPl8JafEtKJXKhosPXU1J4QaGXG0aTWLFUJFxZFAA9X7pop63xSr901OGKgm39"
    "lu9JZH/yW2AfPsjjItx6Uap+nNk6dprKxQ9fsOomTSX5SzMONSTQoneV4KFhayJSQ7Qpks"
    "JGJd2LNOqEoXEh99tSobJ/Evem8613QIT3lQhFfE27RWoxYONh94y/aVKstNqQeGhemQR9"
    "OBtQ+9fiRjEJdskQc69QX3BCIBjjknM9e3HWI8UDodiM+GwBV8BBikiq1DcsH8MXQhgedE"
    "umLT4rm1zHd/ew1g1HjOa5UAGJpqYetUC1Nz4TAzZ5T//ebyoihoIRJJG3D20Cf/IY7N93"
    "GdL1EtKiNhtWUYntNkzilzDC+QZnheTmeqVnRScjdW9C4HfZOMaO0rNbabFTact29Z4s5q"
    "oUkZbLuutCXDdqvZ1gh3zSkfMz9BM9YWzGItwkRDYaRNPXsIFp5LsTrwcGy693BenmDWbC"
    "h5zR5NzzZdX7CqJTnOeA4F2+7uLXjZohwpDkYHlaanEaSghIdw3w2NVVDgD1xspPFwJ02o"
    "Fg6Gl5EPIMRbxHaRRU5bqftspdZhm61GNurmtyWCN1QZiUrKbQuLauqAj/kIcrZU1n9STu"
    "v/qfpXJbRIy+lNugqbdPxhpqLjoHkDVbv5bSNVirgGU8MdVVolj0qWyaPsOgmaU9u+jwQa"
    "qOEtzAz2v5WGb9heK7eCcu0JOLeDqQmXV1BxUmpbis5YGPscIsE8+952B8I1zqq6ZFc3Kd"
    "aknd2NpVbD7/KVNZsU0nrN0eu/ZqYIVlbQalxE6zRHpwKCUOUJSQppvZZRMQloUEG3WUHN"
    "a1NAF6Sq2rSYVqzmfNec7+sDslOPDWcexUS10rj81SMn/0o7HEUXwX6gyhBCmTbB/4s6E3"
    "q780fQ7fhhnW7bfFXdiJHuiW979jJ71GHX3c7ZH1j/GP5Uf2vr0YFDx7TLE45W9176GnvT"
    "dWtNfZUo6ksY6jMYpo6J1jHRdemEZsRE39Cp6ZnBb8+PX4k1aa2OYuHJ1itjWbB+XFAybz"
    "5mxKEj/5CciXhkGDai8l0YyyGb/cBlUAcnSJTGMXM6Ec+cDVnZzi2eEDHybBW2aha5UIsA"
    "kiD/bK0gwbSsDhOsXZhgAh2CN32NXo6J7YRFTAf77l0U6JkN2oeVzx0u8tbR+OnSNdRKNa"
    "y0fI5g6EAftwj3wfiy5Ko2xRq0D3CmRTw6oh6Fgy/bsJQN0RxzJBMOseH0suyrbUkqEhCY"
    "Yb3bGa43+evpDu6Zs8D+eYBXx5PR9WWlVh2nWfdlNuy4dbzmULbOe/kH3d9vu9cXnXPEEO"
    "Wnvvu5d/O5c3v6a5uEn/ruRbd7djPonJ5efrm4Bec6/hUBko9fLs4GHzs9AT0mvtYDBlm+"
    "ebm9WWQoxYTq3I21CdcyRalztRlrKdOYPZYdB3uql3rSJZ7UImB0RlZjbfHkKsGZ87imU5"
    "0Q1cTNde7nwIxXz05IyGlUflOo/HTJYPpEXL55XKitFDKfHIO1wuZD5edgCbF+KcYRYsNg"
    "NYZgLBUhCErZzOMtMhwzTl1yRzEnU4Djc+hPNidsSl3+MzFEJNpA2pxCLp5vKU7GEywTCM"
    "LW7yhSRzn1fYfyQbgDkxSBT6YP/9k8wiKwIESbyGHcIpwRaDCBCVPQo4SNgqsijau4DtzL"
    "cOk3f+BR5D2BVUvcJ6B/hauNbNfmY2pFV2AjPCGKEwSPAu1Rlpj3MFzhhwaX4j6dGkTEpe"
    "GDs5BaBW75ESlnjWCzhcq7Mlf8Og80JvctXJbauID7LuAXebRNbLhksCkyNrncFHnitoYG"
    "WJ4TYClbiUuy1MrW4f1Ph918qgQobDCBV4OtjWYlr1BnMOTgtHMt4t+uMUSuc/PH4KrzR5"
    "uEn/ru7XXn4uZj97pNwk999/Plh955t03k3777W+/69kvnfIl4pQ6AROcCvy8vljqwDu61"
    "DRbc5eKT7fry4o6D50Bm9ihsew8DYEUImyIOc5AMfwtBXvkXw1zhtYoCZJdfMu/QoHdz8w"
    "Ul84+nAmY717c9aBMLaM0c2mC468ZjvmTvDiSByDp4Qu4FNKpQZ1ThkXrIZrbuhBATry8o"
    "GwRX9l04fytevOBD/rbROfRLm+D/fffsy9V571QciD6utTl0XCkNuiQLOvOyplwuNYcgT3"
    "qt9TL9an437kHMXPFMl4PbDw+r6BJkJev7EtVmu256P5h67NHOjYktcb+SYo1T9Bb8r/uB"
    "/03VyY3JNE7FR5V26Y5KdumO8qj8hxQebDDzlDZDU2KN0/VJJV2flOj6JKtrWYZ2je3+lK"
    "De819vpQyC0+h6nZAnrXtivZ4YmbYzy8stLqnmtBRp3GyzlfgLcyjz3O9M90FF0Wm5xml7"
    "86ZKqDIZ07qOspeSWt2V1Y17X+upeynZOHWfVDNcSuyWInVbs3VyKrLSGpGrMyInbU3lbo"
    "6J6f6tc/8mIxhUuzkrrROlatzZsfCSbE/fTEzHKXR3UqKN8XReH797G/k2+KXMm7n53Dk/"
    "z9nFjEXjKG9SpWT1bFnnF0gHsX8X3TybWmt2c1JSd3Otu1mzytQnfl2zypDts8ok+TJlvr"
    "lNc+KvPgTiHz9dUycidcnXeCrHvSF6/0spyj+RJTvLS3gONXrp0lsG/63W63V0pb209/I1"
    "qp4KsaJ4a06rVoUEic0WcA0u+nwlXLf2ADoroMbLaYvorIDnjkrRhVx1IdcqXaEhS4246G"
    "6uI4VXYEGWE2JmG1WyMjdMiokVVRfxdNI86kqbkwhUVubEXO8OmhKzGUajpsRs9ISrKTEb"
    "3b01WU8D3CpnEV0iWsUr5xI/q1AO3SWohAkssMOQRxI5FnBlcyJQpC0REljwIpSEM0n+LB"
    "YyNwBM5vYwh0N6C/cQHBXyUtB/BhJCSHoKMFi54HIwfXLFPB/XakGzyVtwO3s4xouNkRdj"
    "JldhhK/uXZtTi5gT5t4Lcoc45yYyRhi2RSdT5lN3uBg80IUhJV06F/SdzoKYIx+e3ETaCj"
    "5fEmTQ4FIEY22p9XP0TB6dOuaChxSgUoqLX/iajCtaBH8ezJn3ECuJYD7CbXAY4PzyDw0r"
    "1dJCSPXZOkmaqUvsY+2iM5HBeSYqm5x1O6JkSacmNJ2J10hxdU/Lahuudot8opggrBc4xz"
    "5QVwXkTYk1LuT5uMo7dVz8Th1n3ynfhyXUz5nyiilZYyKNCZbbXBlMk/sD6nlqhbOTUs0b"
    "t9tI+9kTP0+vAWuuAZEfofIiJYQat8u3+flfOmbrGrxL6Vpzfu0v+ci+UKY3xDvcc/qu//"
    "8FJt2A5EqJwisQRBqv4CNy+CCzHf7fdwP3cNC5HVxdX/7WO0NKu5yDIPXl9LTbPRPcP+HH"
    "LC1YWcGIdV68zVPjpZAllSUoR7TOs2NtAk7i6J5icE+O6FoqrxfJ0pb5fXT8wXdhRteJzv"
    "47gZkVtqviqXau9cR4dbkL1ZH4zP6+dlUi1iuUBwjj0SumVzyhOMCzDuuq6RXqpQE2sFca"
    "jsXCLdPYYF21czowY20rxRvhK9Umc9zzm5ucmPxB7OlZ8tAQnofgjz0kBpv5QzahYgMR77"
    "HAXUmHkpn7APNqDt3/5i+v49FrPKO3SjYOtauwe14cDYs8K7Gc0ImS9lOCugvW7oJgLVGZ"
    "ZmIijdtael9lcnlfPLm8z0wuGNO0Ft1FJKY94lp7xDKqay3kIyWqNxDr3M+B26BqHSfE9E"
    "L1NORjdfq4Mg9C5ezxunVDVU89MQBrVcPvC6feZzphBzn+fHSuVebKz6DVYBI2q+TFu+Ag"
    "tUQILoyM0UgE9h6Snk/uGeVkbvvjZCpPlEiOHpssWrc8TxxqPlKe79Bv7U7at6/xnNUq8e"
    "3vmKXk0IftG+jFb4UoXu9BfReWGJwcM/VUyISYtsTWhgzEoquq/JiQVv2mjGBU6gZM4C+8"
    "0UxgsaGXMH9POzennbPuQc7csgGl3qDN12CtJmbTWrkVN5htN/IYshD4vvytGf8i26jU0e"
    "BR8wGPta+4bygEWsTkBPlZgk0+mcgocsG5JBCAg/iUojb1IfkKDgKb+SJVEStWY/ugt4OK"
    "10X7iNu8nfY9arxUlPke4m+u77E6ADWUrW8E/MHV9eXny8GHznWbTD02YYM70+u7Hy8vb7"
    "vXg/PexacbeBIGHrk3cGz3gadfnSo+y+sqAdmviwOyX2cCsgU5XbZXijmxIgHNiPUERixN"
    "W7xOV+yFn1gTbocO9ezhOM/wCM6UWhvmss0qC6O4Yze8Un8vy/QTUzeLF+BH6nG7KDmqYL"
    "ZfijQQAjw+OamSZ3FyUpxogedSsTzTnIodJYWtpnlVOpqg3a1UPYU7+rnRscUWS0xE2yyK"
    "NsuzLmZ//Q+ebHDZ"
)
