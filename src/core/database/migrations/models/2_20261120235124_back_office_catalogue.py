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
        CREATE TABLE IF NOT EXISTS `product_gram` (
    `id` BIGINT NOT NULL PRIMARY KEY
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS `product_search` (
    `product_id` BIGINT NOT NULL PRIMARY KEY,
    `words` LONGTEXT NOT NULL,
    `initials` VARCHAR(1000) NOT NULL
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
        CREATE TABLE IF NOT EXISTS `search_term` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `day` DATE NOT NULL,
    `term` VARCHAR(40) NOT NULL,
    `searches` INT NOT NULL,
    `misses` INT NOT NULL,
    UNIQUE KEY `uid_search_term_day_c58b10` (`day`, `term`)
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
        ALTER TABLE `product` ADD `version` INT NOT NULL DEFAULT 1;
        ALTER TABLE `product` ADD `reduced_price` INT NOT NULL DEFAULT 0;
        ALTER TABLE `product` ADD `archived_at` DATETIME(6);
        ALTER TABLE `product` ADD `notice` JSON;
        ALTER TABLE `product` ADD `specs` JSON;
        ALTER TABLE `product` ADD `reduction` INT NOT NULL DEFAULT 0;
        ALTER TABLE `product` ADD `discount_ends_at` DATETIME(6);
        ALTER TABLE `product` ADD `discount_starts_at` DATETIME(6);
        ALTER TABLE `product` ADD `price_changes_at` DATETIME(6);
        ALTER TABLE `product_option` ADD `is_retired` BOOL NOT NULL DEFAULT 0;
        ALTER TABLE `variant` ADD `is_retired` BOOL NOT NULL DEFAULT 0;
        ALTER TABLE `promotion_item` ADD `ends_at` DATETIME(6);
        ALTER TABLE `promotion_item` ADD `starts_at` DATETIME(6);
        ALTER TABLE `product` ADD INDEX `product_discount` (`sale_status`, `display_status`, `reduction`, `id`, `price`);
        ALTER TABLE `product` ADD INDEX `product_rating` (`sale_status`, `display_status`, `rating`, `review_count`, `id`, `price`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_638322` (`archived_at`, `name`);
        ALTER TABLE `product` ADD INDEX `product_newest` (`sale_status`, `display_status`, `released_at`, `id`, `price`);
        ALTER TABLE `product` ADD INDEX `product_narrow` (`id`, `sale_status`, `display_status`, `price`, `released_at`, `popularity`, `reduction`, `rating`, `review_count`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_10dbaf` (`archived_at`, `updated_at`);
        ALTER TABLE `product` ADD INDEX `product_price` (`sale_status`, `display_status`, `price`, `id`);
        ALTER TABLE `product` ADD INDEX `product_popular` (`sale_status`, `display_status`, `popularity`, `id`, `price`);
        ALTER TABLE `product` ADD INDEX `idx_product_archive_ca4bf3` (`archived_at`, `product_code`);
        ALTER TABLE `product` ADD INDEX `idx_product_price_c_da0433` (`price_changes_at`);
        ALTER TABLE `product` ADD INDEX `idx_product_created_9eb6f4` (`created_at`);
        ALTER TABLE `product_category` ADD INDEX `product_category_members` (`category_id`, `product_id`);
        ALTER TABLE `product_image` ADD INDEX `idx_product_ima_path_32fe47` (`path`);
        ALTER TABLE `product_option` ADD INDEX `product_option_color` (`color`, `is_retired`, `product_id`);
        ALTER TABLE `variant` ADD INDEX `idx_variant_product_cdbf1c` (`product_id`, `is_retired`, `stock`);
        ALTER TABLE `variant` ADD INDEX `variant_size` (`size`, `is_retired`, `product_id`);
        ALTER TABLE `order_line` ADD INDEX `idx_order_line_image_p_a63121` (`image_path`);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE `order_line` DROP INDEX `idx_order_line_image_p_a63121`;
        ALTER TABLE `variant` DROP INDEX `variant_size`;
        ALTER TABLE `variant` DROP INDEX `idx_variant_product_cdbf1c`;
        ALTER TABLE `product_option` DROP INDEX `product_option_color`;
        ALTER TABLE `product_image` DROP INDEX `idx_product_ima_path_32fe47`;
        ALTER TABLE `product_category` DROP INDEX `product_category_members`;
        ALTER TABLE `product` DROP INDEX `idx_product_created_9eb6f4`;
        ALTER TABLE `product` DROP INDEX `idx_product_price_c_da0433`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_ca4bf3`;
        ALTER TABLE `product` DROP INDEX `product_popular`;
        ALTER TABLE `product` DROP INDEX `product_price`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_10dbaf`;
        ALTER TABLE `product` DROP INDEX `product_narrow`;
        ALTER TABLE `product` DROP INDEX `product_newest`;
        ALTER TABLE `product` DROP INDEX `idx_product_archive_638322`;
        ALTER TABLE `product` DROP INDEX `product_rating`;
        ALTER TABLE `product` DROP INDEX `product_discount`;
        ALTER TABLE `product` DROP COLUMN `version`;
        ALTER TABLE `product` DROP COLUMN `reduced_price`;
        ALTER TABLE `product` DROP COLUMN `archived_at`;
        ALTER TABLE `product` DROP COLUMN `notice`;
        ALTER TABLE `product` DROP COLUMN `specs`;
        ALTER TABLE `product` DROP COLUMN `reduction`;
        ALTER TABLE `product` DROP COLUMN `discount_ends_at`;
        ALTER TABLE `product` DROP COLUMN `discount_starts_at`;
        ALTER TABLE `product` DROP COLUMN `price_changes_at`;
        ALTER TABLE `product_option` DROP COLUMN `is_retired`;
        ALTER TABLE `variant` DROP COLUMN `is_retired`;
        ALTER TABLE `promotion_item` DROP COLUMN `ends_at`;
        ALTER TABLE `promotion_item` DROP COLUMN `starts_at`;
        DROP TABLE IF EXISTS `faq`;
        DROP TABLE IF EXISTS `search_term`;
        DROP TABLE IF EXISTS `policy_text`;
        DROP TABLE IF EXISTS `notice`;
        DROP TABLE IF EXISTS `event`;
        DROP TABLE IF EXISTS `restock_alert`;
        DROP TABLE IF EXISTS `branding`;
        DROP TABLE IF EXISTS `upload`;
        DROP TABLE IF EXISTS `shop_info`;
        DROP TABLE IF EXISTS `event_comment_report`;
        DROP TABLE IF EXISTS `product_gram`;
        DROP TABLE IF EXISTS `promotion_list`;
        DROP TABLE IF EXISTS `storefront_setting`;
        DROP TABLE IF EXISTS `stock_adjustment`;
        DROP TABLE IF EXISTS `product_search`;
        DROP TABLE IF EXISTS `event_comment`;"""


MODELS_STATE = (
    "eJztfXtz2zi251dBef/o5F61J3biTlrZ3SrFVro1cWyv7XS6b2uKpEXI4pgiNARlRXNvf/"
    "c9B+D7JVKWZIpBVSqmSByQPACB8/yd/z6YMpPa/LA3Ny3vnN0fdMl/HzjGlMJB5lqHHBiz"
    "WXQFT3jGnS0aG9hKs/1md9xzjZEHF8aGzSmcMikfudbMs5iDzS8dSkYTw7mHawyOuXXv/G"
    "g5hI0J94zxGM664oLheXQ684g3MTyyMDhx6XjOqXlIdLgBc3VicaLrgqh7pOsd+DGyLXnA"
    "lxyo4RgfymQjeCrLuX+G+w8d6E7X7+eUe7pOxvDLCO+Z6XroDB39jkIrqhPDMeFWY4/CrS"
    "bMNskCm3sTeLQRctN/DbNDHPpIXTIzOF8w1+QdMoJh4vgigmRKp3fU5YQ60Bc1iXHH5qKj"
    "Kaf2I+WHyKS5Y/1rTjWP3VO44gKr/vwHnLYck36jHH/+eTByqeFRUzO8A7j254HgAxKnL3"
    "iGC91o3nJG5VwRPy3z4B/Y5+xBG1vUNhNzDi7CJXFe0sG5D9b9wPE+irY4jnfaiNnzqRO1"
    "ny29CXNCAsvx8Ow9daiLDwTnPHeOs9CZ27Y/Y4OJKd84aiJfNUZj0rExt3EuI7V8gOjcga"
    "ZdXN5qN/1bTTvIzPOAIjb1/FMj5uA3Ao/KBQPu8RF+/Pn4+PXrt8evXv/07uTN27cn7169"
    "g7biebOX3v4lHybiluxK8Gzwy+DiFh+IwYcoP1E88ZegMTxDUokRjbgfjmRyAE4nhpvP/p"
    "AgNQLwaukRCPhdNgTBiWgMouVjF4MwNb5pNnXuvQn8fPOqhL+/9a5Pf+1dv3jz6mWSyRf+"
    "lWNxCdmdYC8+UT3++hQtZPBPbyow+Kc3hQzGS0kGpxacqlxOkbWQ1a+PK7D69XEhq/FSLq"
    "vz1uuVjM5dtNvA5qPjKmsGtCpktLiW5LQUBLJs/vvN5UU+myOKFI9Na+SR/yG2xTMb5B7w"
    "uoS1yAvsecr5v+w4R1987v2eZvbp+eUHwRzGvXtX9CI6+JBerlHoqsP3kECx/QlsByGS19"
    "slI4rdrSkHBztZUU5eVVlRoFXhiiKupSa2aQL/eS1BJCJpHY/fnFQR9E6KBb2TNINBi3M1"
    "A1ji1eFxkqp1bD6uNJWPS6bycXYqu/RfqFPXlEOSVK3j9OYF65hmn2HzGVzxrCnNZ3WSMr"
    "0x+qSHwUG7tsfbwef+zW3v81Vijzzr3fbxyrE4u0ydffFTaljCTsjXwe2vBH+S/7q86Ke3"
    "0rDd7X8d4DMZc49pDltosHTHeBKcDk79haaY8UPMHIAn7ozRw8JwTS1zhR2zorbZS9Pjaf"
    "qM4cAKZ/rcxOf0rYwDk05nzKPOaPmJLg9y7JCpFp0ya6QVtdUe/MaVbJLQmKAZEE2CIzaj"
    "cCR+UMecMRjyQ6LT8ZiOPJ3g43FpWkPj3dQwKXlhQHPXpC68HlrbOsQgM2M5hTWdWObLw1"
    "w75A7umWPW+/NA3AyvBjfC42BpRK79I2X6U1a7RlrtwnGsuv2FBC1Uwd9VETLeFcsY7zIi"
    "RvzrqMrhOE0LmbwVO0d85VlDlvPJWsjt45MqCgq0KhacTzIqyh0zl9rE4JM6vE4QtZDTmx"
    "ecuQe8yGdxH7ZrweYBPJHhjGh2nQ6Id6ihXH+5uBhc/FJTUQnIusQ/GDpnIKN2yZkvqdZe"
    "xqus4sWLeGYNF/JTrRU8pFDq4cpZblODo3T5QGvZ7VJkLVxQjn+qsnKnVb7Ywv1TPqvnjm"
    "fZdVXxFKnSxRuni++vyWWXWte+j3JTLC7OHfv2mXJuCC02a2+JX++UWluwpTaNNa1ka/EJ"
    "MObKII+gMjG3Qx7ozCMMpCEyoy6xPE4sjLVCyVOEWmHgk0e/ecSAKx4ZwTO/xwO4ZJAJTJ"
    "EgDsqAW4+8fIvLzu6cb3dhc1dKe/5zhCFRiTCrBXMfNBQB54LbxqNhiQ9ShFcpU0wjTTGp"
    "MVtH6E91sUPp86p/cbaG6O+TdYl/EBf94bjfO4Nj+H8dNeCoivx0VCw/HWXkp8RnVHNjTd"
    "MqCapxe+s+ayW78sNuXCfxY6RzlrzCbSdOsnrz2RSHX2138zk+evP2zbvXP70J95zwTNlW"
    "E2wrsZlrcE+jrlsvGDdJ1b55u434AZM56+wEMbINbAK+nKT2gM3vAZGsXdk5FlK00B61+T"
    "jgmApTg8lJqhYy+ujnoyqS689HxaIrXkvFXLOZNarD5pCgdZvB5m3YqOdneXsLCn+xL6w1"
    "k7dsye//fptY7TMxvuGKf3558UvQPB34m/b1jqj1uJZ1M0WqdLDG7b8NsW/+nd0d5Jg18X"
    "SnzJr5T79BJRsmND4kl469FOZBzM+krjArOmTu0G8zCzMthUZJ3LmDhsN8i+Sa/axO1yw0"
    "FIq/NfaSoP1m1rvntRVuZSsptgrK4azD7IiidTu3comqzaTGZhIfaFgIPQ2WvzWkhhSpGu"
    "jGDXRzpIbruVMgOOCVVbIDzrLq8gM0lvgPpmUSzqawjcMgI2bD2LBsATOBtiadjBisUn7o"
    "t+UR9BKBRMDG43x5YkP9PkG+UI7I53RE4kSsK+HFaVqh1e4guNNdL0QnSalCdJq2GcVHeW"
    "w5Fp+sNcwpUiV1NHqgcUOs4cIMmu/Ofbn9XWtjHszazkvlt1zpt2yIhHw59+7Yt/4j5qnn"
    "iMnxy6WyMhMNNRq2rCQwi+ZdYplcIKPJlEdOmGMvO8RhGLvHmWPYBEUjBGm7hyXiHmaOiO"
    "ELxFyM2UP4s44I5nOIrosMyu5bXc+Xp3dz2yroayoscP+kcRUWqMIClZjXEDFPhQWqsEAV"
    "FtieeavCAtUeUHcP2IdIqj02jIbaTx0WJ4gUmyuweWYsbWbkaHbFEJUxEgVS+QSQyv3Kzm"
    "3KUOzFPtEQM9uVb1GC2WT0RiME38yxtuW06pQZ3QI7lSZsFUZEUcn4Jql/4MLKRfiELTA8"
    "bWpw9Bl7TEKYYSUEv9jAIdEtEOh5BrhMkAb5sphq+2jYc78EQcb2tpO7qsIH37OBThU+2G"
    "rhg9nchZW5ljQYI2khi1Xpgz1OeVKlD/JM8tuABBTbeB0uhwQt5PCW8LMV2L4C21dg+21j"
    "swLb399MVGVbKmS9si1txLb0ZSaMwDn2JP9Kp8yGNI/arLQa6XxiHJ/8JKKg2FgkN44tm8"
    "Yw1DqEM3Geww950VtYIyooMJOBLd4TfWZ4Ex17CI05pmssHDJ22RR66hBRR5Nm7Ec7vv/Q"
    "mVkjb+6iQYq59JDo3Pp3lGWBt7lbepTL3Ay8vSz26bH5SMYJ+/Fi1BHZGHAfdN8SyXIs8u"
    "kZD3jN8RiZI8OZSzgVZ/A39C7fZUHpTGVw7LNJSk7cOhttRKFydCv4zrxa0OdB+9axdiuS"
    "4sIy89hbuHSE7VUwfU7cz4Ra95McYbCQnRGB4mcOP3FPrsHNoLniZQ4vH+A96qyjQfsWGu"
    "g2XLPgeQE6GqRhb2WHUh6/rXr8lA2jkPX7bsNIxlEGemvdYU5Sqgzopo1yQyxVPd8VkmOq"
    "6kVekhJblTDzx1qutFh9nVCXEsOPJSITA401MNKccCpqMfpTRWPjsCyAbPsDVgzwDUHEby"
    "VMSDJj0LaDawwtMbybMVbt7tZDR34mvvHL8DCHMX7bBQu6qRoepcxIjTQjRVOm3igk6dZS"
    "fdL5C9/NaMQzdu5oDihZWbKOT9A6Kf51FRnzdbGM+TrHHTmyZlZNv2+CqIWi/Em1EIaSCI"
    "aMpXSSi4tRYiqd5CNjtIG9R5VgnUtQnTOgzv+2ZiOQW+owOEbSQhZXCRApjg/JhIfsS/zN"
    "fhv8fZbBs3tGHgznSmbHKFu39W2F48rCUsj9fde9E9FtM3PNYU5SqmFu9jCjnaKuphwjap"
    "Nvagc6Wsa6lRyJ7DB8ZC617p1PdCmGIg7Tk2J9EEjld7NnQ/BXMMeCswehmu4ai9C6E596"
    "8O7wxtST+3zv5rR31j/463nMhafw3AW4ZMGlzkpz4SjWslJapOHwBXWDVMRH6nK4KIuLzp"
    "htjZb5eY2ryURsmDzWZZ1R/9l+4CK3kbzQdY+6U67rHaLrM9d6NKCp+DE13AdY2Z17jU5B"
    "sEqf5AFRdMrBoAFdf9kZOsyNX9H1rjQewmOKWF7/OUWkGXwVP85nZMzcaYcsJtZoQqYUXo"
    "3QH/G+wgJ58/kGI9NMY6mMiU1fGjslxkQ5FWvZAkKKFmpSm08t8xeBOhyOkbSQxVtAegOx"
    "jeatIozZsG4VKKkhUYrHd0C1h0wuWxkuL88TUvOHQbqg05fPH/rAdcF0aGR5BdZvpaKuMw"
    "BKd1G6i9Jdvj/d5RrWMpea5+zecga5yTmpFqWajCvbajY29t92tTbz6+fe6Y83v/aOT34K"
    "BHzRAUYXzB2sSabrsOb0tE/9P1B9EOEFTNYWEWEEsIWaHFWaKDYhq/xs7S5PUCxM657yWp"
    "7EiKJ1OQHbL4kWTM916j/GKZVo0DjRoCGRY2ITy8tw9De3ciNQxWAxPVhedbFI6dLUQowg"
    "ARDXLXdq2BaHwxcXHz+ddsjI4HTMbPMlZgdSjsqbRmdsNNGJC+387D/Dtol/lRPqmNlVdI"
    "f3RjvU1wkTCYuw5rpsfj8hBuFsZBm2v3YjFL6IHXMYiT3ai4sv5+cv/SUc8yg5XzAYW2gJ"
    "N32BaL/Llx0yNZZ3FFtIqxHcUV9Y3gSTLBNJkbjg38OYCFQwi5nSXBY0hYeBx+UdGfImCB"
    "w0WgG13FcWxvI9gQ1EN+D8coqsEd0jIthy6IQo/gIYTKRfunTKHqmp7FZNF4vLdpu4EFQ5"
    "EitGs9YG36zwt20jfMW/61oGwjRh67z/76ow+10xs99lmN38zKA9DncT22gd7oYEbVsljk"
    "+qqAHQqjhs5SSbd924aMIMg3e0Lmw+lPBpFWaepbhM7/R28Fu/JsN9qi6Rf4fOzZcbrDLT"
    "P+uS8BAkVlBvzq57X0UVmtiP6MpFdP4iLV8/j3cCZNt6saAhwQ4H7UPvZnC6o49k4xxOqD"
    "1ZThdngafpVH2S3PokGBCgWevU6M4hV1U0mmbdSaJ8hBp63bFOke5knFX653rDnLCV1B3o"
    "DLH6pJs81spl/10Ms4oqb+0w13C/ZNJ3aI7y+MEn/fjpmtqGlx9qlk3J389Rz8QOJBdHGX"
    "z7RCbFApHbyKTIF/NEPn0NO2orq0LbN3w09KnT6srv7Br7aivHpMcR6xYJQNWncexGdNaT"
    "fbWVYyM2ncJqA1NsxtynL12is2vR194K6uUME5XeNZ9tT+RXH/vymdZSdk3plD2RSxiR8R"
    "m6adMnuM3IltjGmBPfktw2V6Q6LZKNK2U7+Xj+h+RyRh3M+LEpcaiFERFkhJ4F25axJ2Rs"
    "ORafUPOQ6LJqSBa1CGu54a7FZYYRdUyCISEWRXzu/LSpHd9fBX3sadCHKm2z7dI2/pe4Zh"
    "hnklZZEhpnSUgURJ+vVQ99vsFy6Gp4t2j2DfbNdQy/KVpl4G/ySAcy0RoDnSJV49zkcVZJ"
    "eSoprwlDsPdJeSOGuQGniLeXm5IXu94p07dFhXLN9dtrAYBfNZ0bW3ewaJVBHugS1FuMlj"
    "4kAw+V1wcsVDWi+dpyZcocPfdP+dAHYlRNKkO0/6G036YsOp0S7TcasMwgFCvACaIWRotv"
    "vozUfL2omLmKh9kPMUqu2nWXsjiVEqQ2JUiFm9ETJamboJ89G4SqolR89jVKlmJ2vgyF56"
    "vITkG7lSJTj2DbQ/JhbtnejyI5lXIQhaZUpIpK4LIJm4m0VOh8+V7W9YTzS0xFJSbmujrk"
    "DuSnieHcY+FN+m1EZx7inBFdZwuYObqeFbl2emflmmjwQrZKOKsrl21OJGtQitnmEdRUbu"
    "QWcyMtrt3hwmbluNVK8dOShDvEUAvPKBA15YFpsqKhIrJbO8xrRWTPqDu1JARLzlpbI7oK"
    "peursLP9Hf4VgaH5umGtcNCWqYVbjUFLzaoCrS4576rod9osSVLJOo4BXBIYzhDqF9q4Dy"
    "NdKUAlctmCd4nlBXqWAP0RqHIdGQOGYEIwS6gbgHFzYjkje27SHPilXd441zYfqMMxjinb"
    "/F6of8k5XhkII0HVQn3lTZUC2m+KK2i/yZTQFitK3bkeI1K2203ZboPF6omm28BUuGdDUN"
    "VyG5t6TTLc3lB4cvOjrICes9UnrlfY6Llor40jgpXb/C3aTSlotF4H/ho2BnUPPCLTgIQT"
    "m+jQ6dhypz6kn4VVc7ForoSV8OgsjP526IJyj6A6RPCC3MIR7Q/9ctmtftc3f4Jdtyn+Kr"
    "XLH8iZosmJU2ejzxC2cK8/PqlS5hFalWCLZUo9hh9bvdmfIGsNqs+OKx3f0fv5OqA/cTpl"
    "u2qc7SqV/h5ucbVt0SlaFfXStJGuYaXMyporDXGXDr1l8N+2QzSeVe7YUoDG02R3wck8oT"
    "1g8QppvZp8HkP8Rtl3h9jnW7idKLs3nYNUIGMwtACoQe8Szqb0jplLAsxCrUCEbpCgAUFZ"
    "4pB8cTzLRoMfPJwfxoFw6fIehM2ow8OCFtiPiuZovqjTMHTxhg2Eghd/Pl1q8wDjeWtfzg"
    "pTFvFR1IWK/agR+6GCmbYYzKTQsmNo2WkJq8qQKGzmg/3BZlZhZOus5Xuhuaswsu9umJVj"
    "Wzm2mzAET3VsX8OXcD04vS3zbMfxhmLJ008Ni0wlbreE8X8pbL7NxkXGhdNU1EI+VwNLd4"
    "WA01TYxF76O/LZW8NAncStzTFUZ4Btiw3WSUDdapZrjOP02AN1BEqC5fEIIcEP8JgLa65O"
    "v80s6BfjOzoy6OOF7udx6y9lkWIJRijtvg7ziP7ILFO2yA8g3dWNlW25wdJFp8S2LCZIba"
    "tnkqp19uXNwzhEn1hdtSlJqdSmRqtNCq2j3eMb7np1RzhBqMa4yWO8X4ZMVXNMwRfugQha"
    "YuBS8IV7DF+YLHGSFwWWroFSEg2WqL1SXbm2LecB46/md/+kIy/Mg5i57BE2XQTht0xMgB"
    "QnqcuZVIg9+s2ToPwPdIlELwKKDvH7AuXXwVxKUIEJ/RHLcOdr2Tt9AhE8JmqCixsF6D7h"
    "3UDnt2WcWIc8svloQk0B7QP/QHPvIjrQwoFGsToFwU1sBnqdCfdaigi0+YzcLeF+ukvHsP"
    "RONKH2+cknmELQgQefedgX1jXA/pATJPVAHXLx5fwcQ+FcCo+Aaa3w8vfWI3XkQ8EZNCtQ"
    "WpqOGnSHDXzuHMDc/DNcQMIGKku1Met+p8T0EB/QyuFWMZoWBqFUSVAtzk/NpKcGn0kNBs"
    "dIWsjfrWQFibW4Do9DgrU43DDVL83gKqYzaFXC4IzxLLH9ZBl9C9togUM6TdgGhpdpYf3f"
    "bxMKWMDWF597v79MKGHnlxe/BM1jw3B6fvkhnfQGW/pa6nCCUBkum64OP7/hUg2wsne0RO"
    "5V9o522jt+o641tkaGVwBKlbjeKbN2PKZbVq7TcEgu/NQuNkaXvA/n61LDJPiWXWKBZo4t"
    "heveM1xQo4nhCvSoCeUdqakbCBKxYLJqQ3Fth63cTdgwZFPhRRY2BQyXIrO5C0sfvD2mdj"
    "jUjnWKaBfWIw3NK9xA0GMRmIA/xSMgABY8HbyFb/XAK2PL5d7QwV2oI9Pq0CDRJfKb6BDO"
    "Aowt/+kRVgutEnw+msh+sStqwK/w+WCMmLDpwEtNDXx7L3qqKcOKrGg6wSfhehBwcT8XRd"
    "APc+A8wgclrnU/8fD+HRKGYchEQmwDZ0TaIfEYe1A1JPdgL+iU2EDgc6gdfBGnUaEXK0Mv"
    "/IWkDodjJC00gmzYyOSviLWseBFJC/m7+bSl2E5Zh80pshayevOrBUoYdXgctN+IZand67"
    "AqGLULNguBM8viQnkubK9SGtMpjSpos5DVbTKNKdip72WkG2HlVuOrQjdV6OYuweM2Z/49"
    "hQG/Z+7yIMf0G17rlJl9R/FWq1HPTDrzpHX0SNggDTI1/gl/g24OyY11Z8PIc2FylbFdd0"
    "uiA9Mt7EUX9leHWHkgZ5vuXZkh99QMqXCAtokDZM/v6zA3aN862+7mccTEApbl7c3UsO3C"
    "pSMkapNP+/Xx25/CJQN/lC0SN5975+dZfTdY1WtYD+IkyoCQYSjsmo5XO+wiQbYWVxumYz"
    "Qi7kJyNTsStSMv4oLefo1D1eCLxAR8Ap7KaGLZppsXs1kHIqR9/E4qrf7raTOXmfOR90RA"
    "lSvZSw2mNW1H2wyuSk3N7qPxr4McpQ5Pd8r0ubHfYKUqd1OiPHX8MBbd4ppQsvRDohsOX1"
    "BXaGczG9gg0oWyStwG+12tvv2Z0F/Dzf8fSq1rpFoXH6ys9rEagzQx2A1W9Q4ur8/6113C"
    "XJO6Q+esfz74rX/9R5fA52ohCNfQOT3vDT53yQhm/HToXF1fnn05ve0Sf80dOp/7CJnb9R"
    "Pihk7/9rRLqDdKf2/PEwAAzOP5knmxGhmnafLgrZtp8qqKNgmtijNNXmX0Sbk2ZrlcnGIS"
    "UbSCx7tOLlEq54ZVzmCnz9l2y9DU42Q7RFAPtuS9BVDfL49TY5aSfXA5KdTj72KYG+JZvG"
    "CeNaIHOSqof6VTpoU6UZtqlU4nbCbceYgLScYum4L6OL+zLT7x8w2Yk8B8vPry4Xxw8ytC"
    "+s8sx6Em5idwmbDgq5tR7dGCAqfbvadIKUHYipRmG2BbTA33YT6rrOfGyi/EnlFpukrTfd"
    "Zl+eCX/kX/unfeJfJ57HxtN6vf9n/rX8Bv+BQc+HXzx81tH9RhvuQenTZDx/UsLw/pvCS8"
    "PSBo8oCtm0NwXEW7hVbFDD7OaLe4OtbRbYP2reDvrjVb0KjkrlVfE4voVDGrGrrYHtZbOr"
    "vufbw9qLkFCKIuEX9gqY+kpPCwGQt6QnCqqTalaVXcbdP0pgQsrkUXWojaV9GOlyRSljxl"
    "Wvouvx1lWmrtMDfEtHTFbGu0RDH/IK/6SXS1U1r6RLTTvKDhSjtTj5iuMfYEJIes03pIep"
    "GMQkBTFdWqpXnGZJQH3ldODGA9NRFY1MqxJm2sZ7QZDRwMfR9RaZGKUDgkhEeA2vqJwZrq"
    "EBPuqNPxmI480LQ15uh+DRVpiPrmhfe2+CE5w6fEqiuPiHuKxKKYytCBTkMBRxq14IxBJI"
    "uxKYKKCLIAUaQEFlUQ4WX/1hIUNTodf1wFjbof5qxo9NZRZSLqJmvuoHZff76B0aXulKPJ"
    "avBb7/QPNFlZj8YIQzYuLz8N+l0yYuzBokPnpncOv7hhw/F1/+OXC1B5XDqe4xf1uXf9CR"
    "b5i1+6wtALO55z3wwtKPgqc8eyQDKOSJo8gGsHblSK2ygJ22hBoeVWK/7KkqssuS2y5EoR"
    "EyR7r9akTpHtcHGpua6snShXLVOuLFUuM7ETwmqG2agP5zM7TVemDbfKVojKrbK7fkdGBW"
    "Ui/O6GWZkIWzvMDTERfnANx5R8zhgIw2udMvPgXbxVpRg0BNh12UKA7VomOTokV4Y3kUgT"
    "bEzmM5sZJu8QOp15S796kCf+FzWIHZofZraZbjeMZPFks1mVT7EJdrMner+KLWIYPajVha"
    "lIELVC90mhB1aRwH8qFsB/ysjfNrtn2szIA1UowcCME7VOz9lKotHYeLTgrrVZnaZT3K7C"
    "bSVAKQFqy3UwYacZOGOWJ0CF10oFKLFXWUGzNSWor7KMge+tFBH30zn3RNg9htdbHiczeA"
    "NOXgzno3ev3sD/b39+Bf+/Gh0N58boLRzfvf35Hfw/+vmEYKOj0RE2ePf2VUf+PsGLYyA1"
    "j+7geHRMkehn05REL98nZCvLqyimNfLZh46QCj1CHQ/OmGRJt1JxQQmITxUQR2w6M5xlbR"
    "kxTde6HfWo0o56VLKjHmV3VJfOYOGGj8LwagKmZylbx/HNQ8jdzbnlUM41Z45hLHX4nUPa"
    "OoYfHVdysZV42NIMxwqdmoCTWIPlucStY/qbKrP8TfEsf5NFXzBNWBoKHPn5rI6RtI7BW1"
    "GFZsCjerVaAoIW8nfTgSg7rgTcaOZuoxAwm1EHHkGbsLlba5nIELaP31tZLGQonsbGY2tU"
    "t1B7hrR1PN+8nJfimlZ7QSnsoHXM38oCM2EcI0cRivHRMuvN+Dza1nF9K8qkMs8Wcl+ZZz"
    "eTAiNhEA7y8l/8S53S5JdYo9VFG2ARHlGdvFgw5yV6lRdo2USDJ8wqj4yArWhTXHSJzlzr"
    "3nI0n8AGTUZkfPi3+4ETxPY0LS7SJHMKOGzrTgJMJfilMfFqAldF12fUHVHH03XCXPhpTL"
    "GJ/CVMpx0SEurSZisJsAE8JmbqBNfJwvImmPdCXYuZQ2fCYCx9ZJjw5twzXI8LfBiZavNP"
    "NArf0TFzaawZdUzRqEOohQZZ9PUvJtZoEpQERhHwPdFdCu8LK4ZkhDDvCqbFmOHzDQFmDo"
    "lksSaDOXm8WC/cMcgOwsVFFNCQdwyGBRqKWr5dOM/I2LI96vKhA+04g3eSoK2y6ciwbeQu"
    "p+4jnOCH4jw/5NTzbArslS/cQQAPd4nhvLKQscEfcsigfVD7WJzAQsTixcNxFHlFE0PEPs"
    "Dbx59YMqhDLIdM5g6o1yaGT8gEJTmUXcEykVy1cC2P8pDe/ylSq3RYZmGeik4FFo8D/QBD"
    "/eyGsCay4KUJM0XMul44CkCGL4H5HrL6sUQFurzQMBFE1IW++fXy6wXMKIcY7mhiPcpsKh"
    "HIIWeByLciMIWWHKs8ywkk+4GFzQOOVi1c8udBcAt/s4ltPSLhKnVZrDJ5F/zX07CyITb4"
    "74NoDTvAl9WihASY3TPbWMbOuNSmRlSOyvcOIPOxL6w7h+YQYG+4JkaipbyvhEsSq5u/Tx"
    "4IQljUxI+/6j6SvLt8mIrPEJJs6hHYbG4bMPeWazLF72CDjxR+bms+UbCwbfKRjCAryqXJ"
    "5Ps1ni/qrNrTyVtUn0ypiZ4c4QRzC16r6udguC7IK8XvoTIkm5khGV9Ga2hpabrWFdnZvF"
    "le1S/aZiqXKr215VQ5DEyuw+CQYIfGm8+D018uzz/uxoaz+ajR+GPV4HSKrHXGsq1kyJnU"
    "y7UJFyd/RhStWDN2nf4Zt5xk2V4o7qXJ2lRsbnMF0moydevc3L+IuNjKEFMZK/IzTqIQ2I"
    "oY6htAa21tWdLWbW/vKmxu74qLeWZDCmOW2RpzOEOnJnLhRA6N6Vn+ljva8ntQ2eFN87fl"
    "jrrvG1l7zGP0asSbPOJpX1XdEc+j38mI71LsatOAp+zpWemkAvxVsosdSim+J6+msBKQdQ"
    "NP4NC5ub28ukIcLP/gYA1hZvMoWFnnxjrDk+Mi2d0ICf9q3fERRF3pmx06vw7OzvrwU/5t"
    "xshEHqPkiJSXjY+oWiNgbqJofNqXWFlqV/jfK2wjCZdnVQNJgkgxNVMjYkZHOWvx328uLw"
    "qcWQFBWg6yRh75H2JbvApP90fmRU6Um1DT1tKUWIMdpE2oUXmyqmyPKBTf1+d7IfZscVGG"
    "QujZLS4eR3uyeKQiuepoVukgMKVGN1irSoQX1bFCqrLERZ9OKpyrzqeTjgTbSZC/Mkh8D4"
    "iUapQVIKUa5nUTdnKCMQ1RRdWiOSrWB7+Pj5+uqW0U7JTJnJxTIyrKup/TIDrrrzapdGZP"
    "hCZvgleXoZ+5jZx6NFzLQIInseo32UtbmQRf4ZRhz5rl0enTp5XsbOAXCG4Lx3aQZhiuW8"
    "XphvGlbWXaoRavTl0l/5BxS2Z6vQpyvaI8vykWRg86zEsprEecX5MqSpcMHz1deSqRHRK0"
    "0oJMFPne1TOKwg78Ol+CjSqho9Kn0pCEDn/e1TJ2RyRK5c7UD01+U9XndfpjbFHg6k7meF"
    "YurjsCSTo1ALUGIKPBZMYjOxgfmUute+cTXWa88aVS9x4ORJFg1EEP9yLcFlNzEDgA701l"
    "6fXT3s1p76x/kLvcbIC5LdT70txNrbEJ9l6D4n49OL2VosqzgWX84hrTEglWXK4kvd4HLV"
    "dLrpbpo0wgDfkPcvwf//H6iPxnhAlg6rrM6XeYN4GBkCgIQCKT+btxedUHLRBdieoPDmIe"
    "MNcjLga4wdWs9LvjBxg6PkbD1HCX5IEuOwh1IPArjPCeCJHs9wL3wU5sxh5+nM/kgxgCR9"
    "kzHig2g4dyTQl+gagWC0bktsJFW/g9dHwhnCzY3DYPyVfmPsBV23rAJ5QAEwTFtDsDxwgx"
    "OtgckZnHME1+xPq/ZGa4nLrbwEHehLxdZZn4bgXuGva9Hawxg6kheFG0yMjrlVYZK2xaQU"
    "E2vIn4zu+oDd+Orv9tSk3LEJ+2ACvR9eAT/turo+NXR0dHr/726sdXh/zxXtcPyW1YJdqH"
    "G8GvGCYqm7s/4I/59M4xLDtPu97hnRv4aSpVuJIqXLMoyLaLgTxfxv12UC2VpWGzlgbpx6"
    "it5SbIlJK7KSW3KFlxXR23dZ6ltC6WmIf5iu6zCkmXwZsXSUnRCK0Wk6LZUUFOQsHCFVA5"
    "vlb0v66vf/nlwweURHrEpZ6FJVGk+CF0oAmiCDpMVE95DzqFLRAAufVvKgvwBSQeYznC0d"
    "Zvt9JZgQ+wwlMhmmADrvndr+ex8Gdd2J/yVjRtjS0T0cJhqyqjhQStwODYNuRUtBLU5vGG"
    "kb0axeiyeRzw+W0hm98qQXjLgnByT0itzYzZ1HAKFufkZpJk7B1Qbouz4ZndhsJ9uLw8x5"
    "7DKLgPgzQSz5fPH/rXL47EbIZGlqd8bM3ZGpWPbWc+tirxl8L2uZk4wtDi2hKWJ7P/UDN4"
    "GptaGEO4AxX2hmIC1EGxCus36FRRYXnUtlKZ1DGzTVQC0XPFxsJw7nclje5egFAObcXYHJ"
    "KvruV51BEI7SG2urgmEM2ZY+eEzm3xXgKPf8FckwvNGHnYISjodoiAq+z4WrH08kVh2HBT"
    "YlvwENQYTSJf3p1tOA/4HNwyQXHWLQeEOmCgLp5L+BeGDk4U5mDULb4J3jLV+SG5YAjRjq"
    "s6+i67+HrCqUhsNnpIhQ6ikxLx3KV/0aWGKUH6rSfXU22SBKBU4wMxTbMjUYxPGRK0QmMr"
    "SwDZBjxl8O3WUZTjNK2DpTt6VbVGUWmRImGTaIi3/BprVYweejZ1vbxNNHG9dA91ZUvNCJ"
    "uu3EIvcQ+jLuwFZGGgfRVXcdzY/KSM7Ea4kkJsZ7KFb+mVYdvd/22Z/1fWksHNA/YU2Esn"
    "Bp/4gTRzeHrYSmD4PQN3VGQT8Yu3UMfsiptgoRci3k/uN7Dz+U8zdHADCx6C6H7xUPEIOb"
    "2DnGFT8728t3xA3OFkNRFR66br1wmPLmNdEbghNUVlGdzl4rVLsOwx3BcBthxq+68uSrQF"
    "5XT4lOu65I8DC2ZQbybow69lg/28x2IzNiU3/YuzwcUvHdlG1HUBVsCz+OVVQOow4TGK7d"
    "+PkUQr2ZQxgP95EKEP+U8l2yjDdON2XzkRa8tCCbK1RKFmgbw9U7y3/H5q7MQRxVr7cMOY"
    "noSHrbILvyveg99lvQJy3azlEohIWiFdbhWBV9XfTtVJqFYooaxSQmYOg+Z9P/dNbFWZHK"
    "fZIZcf2G74fFwlxKs4wCtTruZpcJjPgbP4tTe4BRmuJrsDsi7xD4bO2Zd+l8B/Q8cXC7uB"
    "fCjO3Iqft0Pny8WnC4HS6B8MnY+9wTlCaMq/aZH+GRYjLx9GoByjMSRqjW9yExCNgcyeYW"
    "Y5VkeMTAF1NA6oQ6HufHejbLP1ELQShAp6rslj7BtjauvvSToVzbCpaIaYceyJ0Qztcxx3"
    "UtEMyTnYpEDqG2EdN7Fy+JQ6uSb0dJNOmRXdt6EnW680pPdmM+qYP6JD970IVLapeU9d4R"
    "nFHE9hu2Vzd0Sxrrro3DeIHxLdv+XYo25UwNuTblbDQ9uwTcc5tvhd3FSYq+8MbyRT20Rd"
    "cRP92WE5+ru5/UAifhHTMjvShC5s9Abh8Li2yJBFu/zIY/KGRugsN+Ym3o7dq9S2pi+nnR"
    "LzdLP3t7aOR7x6pO0ZWdYXF4gL2rdJpNgcmny0PtbgaYpKcTYXL9io6UmJKFpo6N9KHqzY"
    "ZmsZ+wOCFnJ48zksQiCqw96QYGd53DtypBxXqeBzXFzB5zhTwWe/DF7KGtLZCgDx1lXGc6"
    "ErHRSpi/7lzmpV0Y5aVoq3kiX4gghiX/j9gUvl65B8EXMNNawX/rUOebAwDFiqci8xGsga"
    "TchUoAK5dAaTnoO+505tynl+xNaW7ymURCFO6n4MNHwxHgdy696hJqh9GKis+QBMqPIxF8"
    "OYRPiyUDdHxpyDXmnBjS35kKBGpoOQSfQ5dIdOGJCM8EioZkrVVIQnM6lYRi+ajFDG0nLi"
    "FMaMwZvPMbDK82zEfLqjEwtDoSd09MDmHq8UXIXMwr+SXZkgK6WwNlJhDUZtHV9yQNtkce"
    "ng8qp/IRzF/sHQ+fXy/KxL8P+hIystyjKL1/3zfu8GfvoHeObm9vL0E54RB0Pn6/Xgtq9d"
    "fvzYJeHh0Omd/f3LzW2XyL/rOJc3XwTQ/wxryGcRRZMHdN1glzdVYl3eFIe6vMnUv1Smhg"
    "0qxP7mWG8riBGpmM41LWZK1WitqqEcr8rx2uSByHO8Bg9Q1fN6cUl6p7eDy4vn8r0G7M9R"
    "omMjU6xAxyZCBcQqoayGGqTQMKXyiJkz3LNsW+TPMAS+HXi+zstFki20c9n8foJZOEEaru"
    "xOl5mzmEsbOk9z4Kt2d2/UpXsC50reAD6B8RhRrkCrnYvE41jurUxKEuAiHeKgckvk9MB8"
    "KVSxQQcfGa7nIwQDoX8nkfJreeJhLT50HCYzqrBivGibwN8id3BneYRat8HJHb5RYXbvnz"
    "GgOnyTnKyjGJREEiBFsAaBthLQXKKXTNvqyFzBVxT0oxC5mrZfdEoUdf4wr6XMyeab0eSe"
    "l/1b1uOCz6EyZ/32LVSSN+8kkitZhrvlvuPdSpr7Ar6l0MwUmllwZm/RzBSUsirY9L0NQI"
    "kVQIHJbQRMLqoolF1rNsfb7xgovErJpnhwWwyE5Yl4dGnol5awPun7CKMn1udTKmCjLWza"
    "agjMxJrN4Kmu54In2RiY+PVOaRCM31Jzg6arLXlYfUobU6qTBXOCcjljl8JJl03lWTYm94"
    "yZnIhgWmJaXIDeyDI5Dl3AtyFCOCQUTo7Jbks3UekJDRY3OiVGpGA+1NAh4yRtEvw2pkaG"
    "n1MNpiZoFFeVW3qNzXJv3dJNiYD1N+2buTuaGG5+nb5so2qCAE+0Xy0NhHs0Rm2ymfBD/d"
    "uaIQQuJ7hQEN3/6e/cHovOeEzvkDvmTYjljOw5AvS++Dv957xDLG4bjslf5ogGu7ijkhP2"
    "VE4QfzP8L/aJBO1b6BM5qeITOSn2iZxkfCLxz6oOk9N0bWR2FV4Xs7qI0x5bh8+SSnF5FZ"
    "fr6RNKlUgKvQ2Rhq5gUWH4/gOPFpVFjzUolYJmQVPNCtqulIBuRKwN1ggInJYgYXgCFtjs"
    "+FDAusU16MR6BMkF43PuqLeg0ELnHsb3CDBhPK9TkEDErxcCLFlG7eAL5whCu7xxbphQWM"
    "/Lt+CrxJm9EJGKi7etTpzZhxJuBx/6mNJyR7FWxucz7WqAiTBTU5tZo4ehc9H/2kXrYPp7"
    "ep5kFxUbsfnYCLng1Q+NiOh2GBkRrD97GxgR7iR1zV0JQgV+1zRjV3yMfemg7gjHyNT4Nn"
    "l8VXSNiq5p2kBsILrm+avES23y3OK5aTbJBp1qmqkdtK2EV+FnnHgTl1KCpPyQfJ0wkWwS"
    "5LlgOgzqu1zAL2BqjOVjLmC9uXxMig30K8EJlyL0APRO7IToOkjmuqyt91KUrcNUFi7xCj"
    "F1xYXBNQTYhASJsA2kMo0l1wn+LzTgwPkv7tMRCm74LEMHKx8pI3/TV8fOXmiw2xiMvdJf"
    "/e+3prIVo1JB6DV0LVzhalgKgua7E8xe74uZYD4z14zSSFKqKI3GKTYN8UvIwsm31M11Ss"
    "Sulsp9sqSy5gUNVwdkTC3OKUhDvoSmyx7wzJjNQRJyGMhhzj3Cc90xc/lDULQYdk4slIig"
    "z7J0lA8GpuO9dSlF+bSEY6HFxYRlRMOd3n3o+L2X1FCEJVDwE/mn/BN7Id35Q5Zdkws3uV"
    "ULcbsWYVxY0yWZ/OWhaqBA0L7Jbpw1QwS2kAnsL2E1BK84SZusYhsTv+Q2UYOjEYFyeTUo"
    "+OIDFvHMxWH1r5QKN3dRGxVmoSxSeyyzCAbmbsCrLVIBbZM344MPvYuL/nWXyE926FxdX3"
    "6+RPSqLglN082wSHmWl2ePKhGGAoImD8Ca0tDRcRVxCFoVM/g4KxDN77TaXE4Qta4i8VbK"
    "QFhT2HS1meHVKlaQpGrhnN4Kr23LedDmbq0S5nGa1s3o15W4/LqEy6+zXFbRbirabb89MC"
    "rarZ1OAxXt1u7xbYi95JRNsczmNZ0xNzckKNmgU2Y9oY/QEOafINDciKJSYJCop2KMJsTv"
    "QNgnphS9MIdEDwtT610fw9Zm7IGaxPCEXyckEsgbVkGQ0BbuUZCIMg2KvUo2wAXl7NkLw8"
    "l+lBPcZy1S4VG0dlNLDHOwmtYe5TihElwaPcb+Xl93y0rStckhuWMU0kC6qD0CKcIt1fxp"
    "6QiUJErEJL8nJkr0UZo+jbrbs++harZEcinIz5bIm/Eb4PAXXgnhsWHTvCpjU194bRDSbW"
    "qdYm4f5Gib8kJnpZZZTa1E2EU+YTM/Z8PyfDSmmBOcOb7HHC6i03w2v7MtPqGm/h5PWZww"
    "zCCRdKGznDlZ/XKbNxOZKZEfRVSO8SEo9b9NqWkZug4KLAYwimsz28B0FPqtal7Jnwfxxx"
    "E2x9A8+A+lqTZSU1V+5W37lfF7yjL4Fj6rgiwSv30r+Fump/R/v02oKAEXX3zu/f4yoaac"
    "X178EjSPcf30/PLDXjuX99kAk17q67npEqQqWaqGqw4ri/PAPp4H5l7G+Syx8pLuoZd0n1"
    "b5fbNGNcJNqgZ4i5V3LbrQBHh+doyLy+4miFTEjoIH/y6/HZVf3NphrhFKkjFUP7GmUEuN"
    "1FstlpPgWZENNMbTigE31UyiumndU+6FtacnBp+E2Dn0mydKSGNl6JHBZenmO9twHji8hc"
    "iPJgsXhGxJy7Hqs7ewRljC2sRkaYcS8Uw5IPm7ua8wlErLt9zzdb/YjiCUF3i8EvbEeKSY"
    "xw235AvqUvOQXI6J4QcFYVI3selYxv8gUhBQIaZP8LRweuj4bV9cfDk/f9mRr4NvIF+5OE"
    "ootGTPfUeEJMgpbx22hNt7c47lqf8MjjuBqd8XcpS5tpnmWngoL9czWGxPjJEok+IaJkX/"
    "e8pwvNicGFG0zpS4hXLf4QK0TpZhRL1DVt/8evn1oia/JVGXiD9D57p/dXl92z/rkuBo6P"
    "w6ODvrQxP5N735PU/aYWJTyIzRisAQpTAXK8wqQlRFiDZyC90HXVWZJL67YZZaal3lI06l"
    "AkTXDhBF1bI272NEKjB0Q4GhoQq/ibDQPZz+VcMW4999hcr0gelEhYKW8DT2PT+pFr2wnj"
    "3NYJxJJ2zJNN6qxfjSNfMxreSFTpmNmGETXs043JtKW6nhUqxn+p7ousc8wyb/R0CVa/LH"
    "j2Fhc//Ef5KwWOuYUrg+Y8guDaadqetZW/B2biNMv9IUC3NdGJqRjSLn0yD3c8Rfl6CdeA"
    "qXB/JAl104RwSPCJt7tvXow8QHNl3EErI4JVc/v8QMUQNUY7aAGasLmFA+dERiKJzGAF7E"
    "g58aJhURvB1CpzNviZBajgzpdZhDoRPxKPBOD9TRHmFsEMCLuHATjoVhXfoIV/znFY04vJ"
    "o+YfDB0W8ehWkPLzc13Adp0xa2bzyP/aBF3SAzYynyVKVxfGEsgcNzx8XEV5wVGrdgLRQM"
    "Es92BV+iSI5FcHo0l9vm0EGT+B0lBsf8V2iGVmuJl48hyuac+kzDV54ZViHgacaUHZl96L"
    "eZBWKmCDFGe3Y4dngxpsiJi+JucHUGawpNW8JHtoWbhg/UGr+qbOGNtIWL0QSFoY4RJU7T"
    "XKz8dcOXy3gcmv/eFpv/3qZtKImvqfo8T5Ap4X9dtWsPTeNX/YuzwcUvdY3jPlmX+AdDp/"
    "e1N7iFI+2sf3V5M7jtkvSZoXPVG5wBCfyPyH39q9617CM4HDo3vw6ursTJ4GjonPXPB7/1"
    "r9H2Hh4OndPLi4+D6894NjwcOv3frwaipX8A7XoXp/3zc9EuOFzHVF8p06Ak0SCbZxBsbn"
    "VrhafpWuEk3HbN8IwkUZfbIWEL2X10VGUfOireh46K2E2nhlULzC5D2EJ2H59UccpCq+LF"
    "5CTjls1Kw1VZnqVsnb/qTZWK7W+KS7a/ydRsd+nImlm5xr0yj2CMqIUTe/PLdsix+gt3Dm"
    "kLWb75pfvf1qy4sFk+q2MkLWRxlbWjeOnIrBxrrNDPsjTvbjvcRjCBzzJ4dq+mBJKlbN12"
    "uBWOT+m0lmUnaN867p5U4u5JCXdPcrJ3QxN5lsfF5ssEUZv86RsL60p6G2rwNkuoYuYy9r"
    "CY56YGa9NkauLm8DbmBqvB2hSVmrKZbP2ay4BaXUuzTEPPaS2DRIKqdfLBuyriwbti6eBd"
    "RjjI8S3XmMIF1Lub0Ed7MptjrusMd1eADSQoVeRqoyNXE0EXOX7UMryWDK2CyqmB15IJV6"
    "n7neV2oMCEm/y1YRjRGitqjEyNb5PHV6yE6+HzKDjwvRhhlbf1XQyzyttq7TCvBSUjUjae"
    "mBcgItnbltuS+Gpsy8krMF6bSeeWs8dfRjmP/Mj1J7LpSvbSJiZtPbukEJE9+WGuyDPRao"
    "Czf50wMmWP1JRpDCKbQKRJyBrkHpMHHZmkgJkbi8nykOjQKXNF9oKBFc/hfpa3/IFjMgcR"
    "qR4zzMbwoYX4knt0mk1B2fXNVR31RgduF2cq4KpdM1EhRtI6i/XmY5/xq9PKwuXzmZwiU4"
    "xeyWiQ9OqzOUHUyoijTbNZ7BB1WBwStJC9b6qw900xe9/khIEq8J3tRm+59F/CDZgnd5Rx"
    "OU7VOk5vHjxN2coKWb/vRpRM+kvtLMw4VZvCSZ4XgoUFaAnJgagNFhKiLuzZIFSFC4nPvk"
    "aVjZP2L3pv2Nd0BE95UGSviLfprLZa2Nhcc6P2lSrLzagLgoVhk0fDhr0PtX4EYxBddsgD"
    "nXkCewItAbaxIHPHs2yiP1A608SxLuwKHhoYJIvNQ3LBvAkMIYHnRLhiw+S5tcx3f3tlwG"
    "jwmtcpMWAoqIWtQy3MjKXNjJxZ/veby4uioIWQJC3AWSOP/A+xLb6P+3wJa5EZCaktg/Cc"
    "BnNOiWPYQRrhOVrO6krRScrdSNG7nPRtEqKVrtTaYa7hcN6+ZIme1UKR0ne7rpQlg3ar0d"
    "YId4wZnzAvATPWFchiHcJEQyGkzVxrBBKeQ7E68GhiOPdwXV5g5nwkcc0eDdcyHE+gqiUx"
    "zngOBNvu7i1w2cIcKQ5CB5Wip+6noASn0O+Gwiow8AcuHGk88KQJ1sLJoBv5AIK8QywHUe"
    "SUlLrPUmoT3GwNklE375bwv9Dalqgk3bZsUW2d8DEdQa6WtfmfpFP8fyr/6wJapOmUk66C"
    "k44/zOvw2G/eQtZu3m1UFyKuxdBwR5V2yaOSbfIou08C5+q570OCFnJ4CyuD9e9a0zdor5"
    "hbgbnWFJRbbWZA9zVYnKTaFqMzEsY+h0gw17q3HE2oxllWl3h1k2Rt8uxuLLUa3surzdkk"
    "keJrDl//NTdEsHINrsZJFE9zeCpMEHVxQpJEiq9lUEzCNFiDt1lChWtTABdUl7VpMsVYhf"
    "muMN/XN8jOXDaauxQT1Urj8lfPnPyedjiLLnx/YJ0phDRdgv8XDSaMdu8Pf9jxYJ1h23xV"
    "3RCR7olfe7abPRqw637v7A+sfwx/qn+1zRjAkW1Y5QlHq0cv3cfeDN1aS18liPoShPqMDV"
    "PFRKuY6KYMQjtiom/ozHAN/93z41diTTqro1h4svXKWBasH+eXzFtMGLHp2DskZyIeGaaN"
    "qHwXxHLIZj9wGdTBCQKlccycTsQzZ0NWtnOLJ0SMPFuFrYZFLjQigMTPP1srSDBNq8IEGx"
    "cmmLAOwZe+xijHyHaCIqaCffcuCvTMAu7DzueMlnn7aPxy6R5qphpW2j7HMHVgjDuEeyB8"
    "mXJXm2EN2ge40iEuHVOXwsmXXdjKRiiO2RIJh1hwOSr7apkSigQI5ljvdo77Tf5+uoN75m"
    "ywfx5g73gx7F9WalVxmk3fZoOBW0drDmib7Ms/6P9+27++6J2jDVEeDZ3Pg5vPvdvTX7sk"
    "OBo6F/3+2Y3WOz29/HJxC8p1/CcaSD5+uTjTPvYGwvSY+NkMM0j05eWOZpGgFCNq8jA2Jl"
    "zLEKXO661YEU1rfCw7DvasX+pJlXiqFwGjMrJaK4sndwnO7Mc1leoEqQJubvI4+2J8/eyE"
    "BJ2yym/KKj+LEEyfaJdvHxZqJ2WZT87BRtnmA+bn2BJi41JsR4hNg9U2BD1ihAAoZXOXd8"
    "howjh1yB3FnExhHF/AeLIFYTPq8PdEF5FompQ5BV0831JcjCdYJiwIW7+jSB3l1PNsyrXA"
    "A5MkgSPDg/8sHtoisCBEl8hp3CGcEWgwhQVTwKMEjfxeEcZV9AP30h36zdNcirgnsGuJ+/"
    "jwr9Db2HIsPqFm2AMb4wVRnMB/FGiPtMS4h+kKL+p3xT0604mIS8MHZwG0CtzyI0LO6r6z"
    "hcq7Mke8nQsck34Lh6UcF3DfJbyRS7vEgi59p8jE4NIp8kS3hjKwPKeBpWwnLslSK9uH9z"
    "8ddvOpEsAwbQqfBlvbmpXsocnGkIPT3rWIf7vGELnezR/aVe+PLgmOhs7tde/i5mP/ukuC"
    "o6Hz+fLD4LzfJfLv0PltcH37pXceWbxSJ4Cid4G/o85SJ9axe20DBTfafLJDX17cUXsOy8"
    "wehW3vYQCsCGGraYc5SIa/BUZe+RfDXOGzCgNkox+Zb0gb3Nx8Qcr886mA2d717QDaxAJa"
    "M6c2GO668ZgvObqaBBBZx56Q24GyKjTZqvBIXUQzW3dBiJE31yjrB1cOHbh+Kz48/yDfbX"
    "QO49Il+P/QOftydT44FSfCw7WcQ8eV0qBLsqAzH2tK5aqnEORRr7Vfpj/N70Y9iIkrruFw"
    "UPvhYWuqBFnK5n5EjXHXze61mcserdyY2BL1K0nWOkZvQf+617xvdZXcGE3rWHxUyUt3VO"
    "KlO8qD8h9ReDBt7tZyhqbIWsfrk0q8Pinh9UmW17IM7Rru/hSh8vmvt1P6wWl0vUHIo1Yj"
    "sd5IjA3LnuflFpdUc4pIWrfabCX+whjJPPc7w3mow+g0Xeu4vXlRJWCZjGldh9kRpWJ3ZX"
    "aj72s9dkeUrWP3STXBpURuKWK3OV8npyJLrSxyTbbISVmz9jDHyNT4Nnl8kxEMdYc5S60S"
    "pRo82LHwkuxI30wN2y5Ud1KkrdF0Xh+//SnUbfBHmTZz87l3fp7jxYxF49R2UqVo1WrZ5A"
    "9IBbF/F8M8n5lrDnOSUg1zo4dZoco0J35docqQ7aPKJPEyZb65RXPirz745B8/XVM7BHXJ"
    "53gqx70lfP+rVpR/Ikt2npfwHHD00qG3DP5bzdfrsKe9lPfyOVo/FWJF8dacVp0KCRKbLe"
    "Dqd/p8JVy39gAqK6DB22mHqKyA545KUYVcVSHXKkOhTJbK4qKGuYkQXr4EWQ6ImW1UScrc"
    "MCgmVlRdxtNJ86ArLU5Co3JtTMz17qAgMdshNCpIzFYvuAoSs9XD25D91Ldb5WyikUWreO"
    "eM7GcVyqE7BJkwhQ12FOBIIsYC7mx2aBTpSgsJbHihlYQzCf4sNjLHN5gsrFEOhvQW7iEw"
    "KmRXMH46AkJIeAoQWLnAcjA8csVcD/dqAbPJO3A7azTBziaIizGXuzCar+4di1OTGFPm3A"
    "twhzjmJiJG6JZJpzPmUWe01B7oUpeUDl0I+E57SYyxB09uIGwFX0QAGdTvimCsLTXfh8/k"
    "0pltLHkAASqpuHjD12RSUSL482DB3IdYSQTjEW6D0wDXl38os1IjJYTUmK2TpJnqYh9rF5"
    "2JDM4zUdnkrN8TJUt6DYHpTHxGNXf3NK2S4Rq3ySeKCcJ+gWvsA3XqGHlTZK0LeT6u8k0d"
    "F39Tx9lvyvNgC/VylrxiSNYYSWuC5TZXBtPgnkZdt17h7CRV++btNtJ+9kTPU3vAmntAqE"
    "fU+ZASRK3z8m1+/ZeK2boCb0TdaMyv/QUf2RfI9JZoh3sO3/X/vsCi64Nc1YLw8gkRxss/"
    "RAwfRLbD/4eOrx5qvVvt6vryt8EZQtrlnASqL6en/f6ZwP4JDrOwYGUFI9b58DYPjZeyLN"
    "XZgnJIm7w6NibgJG7dqxnck0O6FsubBbK0ZXwfFX/wXYjRTYKz/07MzDXcVfFUO8d8Yry6"
    "9EL1pH1mfz+7KhHrFcoDBPHoFdMrnlAc4FmnddX0ivqlATbgKw3mYqHLNDZZV3lONSPWtl"
    "K8EX5SXbJAn9/C4MTgD8KnZ8pTI3gegi97SHQ290ZsSoUDEe+xRK+kTcnceYB1NQfuf/Pd"
    "q3j0Bq/onRLHoVIVdo+Lo8wizwosJ3hSi/spQjUEaw+Bv5fUWWZiJK1zLb2rsri8K15c3m"
    "UWF4xpWgvuIiRTGnGjNWIZ1bWW5SNFqhyITR5nX22oKx0nyNRG9TTLx+r08do4CJWzx5s2"
    "DFU19cQEbFQNvy+cup/plB3k6PPhtU6ZKj+HVto0aFZJi3dAQeqIEFyYGeOxCOw9JAOP3D"
    "PKycLyJslUnjCRHDU2WbQuuk5sajxSnq/Qb+1OSrdv8JrVKdHt75hZS6EP2rdQi98KULzy"
    "QX0XkhhcnLD6qZAJMiWJrW0yEJtuXebHiBTrNyUEI1M3IAJ/4a1GAotNvYT4e9q7Oe2d9Q"
    "9y1pYNMPUGZb4WczWxmjZKrbjBbLuxyxCFwPPku2b0i2yjUkWDh801Hmtf0W8oCDrE4ATx"
    "WXwnn0xkFLngXAIIwEl8SlGb+pB8BQWBzT2RqogVq7G9P9p+xesiP+I2b6d0jwZvFWW6h/"
    "ibq3usDkANaJsbAX9wdX35+VL70LvukpnLpky7M9yh8/Hy8rZ/rZ0PLj7dwJMw0Mhdzbac"
    "B57+dKroLK+rBGS/Lg7Ifp0JyBbgdNlRKcbECgkUItYTELEUbPE6Q7EXemJDsB161LVGkz"
    "zBw79SKm0YUZtVEkbxwG54p/5etuknpm4Wb8CP1OVWUXJUwWofkbTQBHh8clIlz+LkpDjR"
    "Aq+lYnlmORU7SgpbzfKqdLSBu1upegp39HKjY4sllhiJkllqyizPupn99f8B+btMwA=="
)
