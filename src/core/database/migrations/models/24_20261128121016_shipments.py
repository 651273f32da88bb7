from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS `shipment_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `number` VARCHAR(18) NOT NULL UNIQUE,
    `order_id` BIGINT NOT NULL,
    `direction` VARCHAR(4) NOT NULL COMMENT 'OUT: OUT\nIN: IN',
    `method` VARCHAR(8) NOT NULL COMMENT 'PARCEL: PARCEL\nDIRECT: DIRECT\nQUICK: QUICK\nVISIT: VISIT\nNONE: NONE',
    `courier` VARCHAR(20) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `state` VARCHAR(20) NOT NULL COMMENT 'READY: READY\nIN_TRANSIT: IN_TRANSIT\nATTEMPT_FAILED: ATTEMPT_FAILED\nWRONG_NUMBER: WRONG_NUMBER\nDELIVERED: DELIVERED\nLOST: LOST\nRETURNED_TO_SENDER: RETURNED_TO_SENDER\nCANCELLED: CANCELLED',
    `sent_by` VARCHAR(40) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `scanned_at` DATETIME(6),
    `delivered_at` DATETIME(6),
    `delivered_by` VARCHAR(8) COMMENT 'SCAN: SCAN\nSTAFF: STAFF\nASSUMED: ASSUMED',
    `next_poll_at` DATETIME(6),
    `polls` INT NOT NULL,
    `tell_at` DATETIME(6),
    `told_at` DATETIME(6),
    `contested_at` DATETIME(6),
    `import_id` VARCHAR(26) NOT NULL,
    KEY `idx_shipment_ar_order_i_f185f6` (`order_id`),
    KEY `idx_shipment_ar_updated_13e0ff` (`updated_at`),
    KEY `idx_shipment_ar_next_po_96e276` (`next_poll_at`),
    KEY `idx_shipment_ar_tell_at_d37a21` (`tell_at`),
    KEY `idx_shipment_ar_courier_85b9e6` (`courier`, `tracking_no`),
    KEY `idx_shipment_ar_trackin_26b2fe` (`tracking_no`),
    KEY `idx_shipment_ar_state_3389ae` (`state`, `created_at`),
    KEY `idx_shipment_ar_created_e05349` (`created_at`),
    KEY `idx_shipment_ar_import__5dd4f2` (`import_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='Rows of shipment whose order closed long ago.';
        CREATE TABLE IF NOT EXISTS `shipment_event_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `shipment_id` BIGINT NOT NULL,
    `from_state` VARCHAR(20) NOT NULL,
    `to_state` VARCHAR(20) NOT NULL,
    `courier` VARCHAR(20) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    KEY `idx_shipment_ev_shipmen_fb52d9` (`shipment_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='Rows of shipment_event whose order closed long ago.';
        CREATE TABLE IF NOT EXISTS `shipment_line_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `shipment_id` BIGINT NOT NULL,
    `order_line_id` BIGINT NOT NULL,
    `units` INT NOT NULL,
    UNIQUE KEY `uid_shipment_li_shipmen_f0e4c3` (`shipment_id`, `order_line_id`),
    KEY `idx_shipment_li_shipmen_dfa2e1` (`shipment_id`),
    KEY `idx_shipment_li_order_l_97596f` (`order_line_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='Rows of shipment_line whose order closed long ago.';
        CREATE TABLE IF NOT EXISTS `shipment_scan_archive` (
    `id` BIGINT NOT NULL PRIMARY KEY,
    `shipment_id` BIGINT NOT NULL,
    `scan_key` VARCHAR(64) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `status` VARCHAR(24) NOT NULL,
    `trouble` VARCHAR(12) NOT NULL,
    `place` VARCHAR(100) NOT NULL,
    `text` VARCHAR(200) NOT NULL,
    `scanned_at` DATETIME(6) NOT NULL,
    `moved_to` VARCHAR(20) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_shipment_sc_shipmen_9f9412` (`shipment_id`, `scan_key`),
    KEY `idx_shipment_sc_shipmen_97cf8d` (`shipment_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='Rows of shipment_scan whose order closed long ago.';
        CREATE TABLE IF NOT EXISTS `tracking_number` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `courier` VARCHAR(20) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `used_at` DATETIME(6) NOT NULL,
    UNIQUE KEY `uid_tracking_nu_courier_16e925` (`courier`, `tracking_no`),
    KEY `idx_tracking_nu_used_at_d5d45e` (`used_at`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='A number of a courier that some shipment had.';
        CREATE TABLE IF NOT EXISTS `shipment` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `number` VARCHAR(18) NOT NULL UNIQUE,
    `direction` VARCHAR(4) NOT NULL COMMENT 'OUT: OUT\nIN: IN',
    `method` VARCHAR(8) NOT NULL COMMENT 'PARCEL: PARCEL\nDIRECT: DIRECT\nQUICK: QUICK\nVISIT: VISIT\nNONE: NONE',
    `courier` VARCHAR(20) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `state` VARCHAR(20) NOT NULL COMMENT 'READY: READY\nIN_TRANSIT: IN_TRANSIT\nATTEMPT_FAILED: ATTEMPT_FAILED\nWRONG_NUMBER: WRONG_NUMBER\nDELIVERED: DELIVERED\nLOST: LOST\nRETURNED_TO_SENDER: RETURNED_TO_SENDER\nCANCELLED: CANCELLED',
    `sent_by` VARCHAR(40) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `updated_at` DATETIME(6) NOT NULL,
    `scanned_at` DATETIME(6),
    `delivered_at` DATETIME(6),
    `delivered_by` VARCHAR(8) COMMENT 'SCAN: SCAN\nSTAFF: STAFF\nASSUMED: ASSUMED',
    `next_poll_at` DATETIME(6),
    `polls` INT NOT NULL,
    `tell_at` DATETIME(6),
    `told_at` DATETIME(6),
    `contested_at` DATETIME(6),
    `import_id` VARCHAR(26) NOT NULL,
    `order_id` BIGINT NOT NULL,
    CONSTRAINT `fk_shipment_orders_d6e5f504` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE RESTRICT,
    KEY `idx_shipment_updated_c83ebe` (`updated_at`),
    KEY `idx_shipment_next_po_1ff9a2` (`next_poll_at`),
    KEY `idx_shipment_tell_at_06244e` (`tell_at`),
    KEY `idx_shipment_courier_a423be` (`courier`, `tracking_no`),
    KEY `idx_shipment_trackin_8c0624` (`tracking_no`),
    KEY `idx_shipment_state_d14e14` (`state`, `created_at`),
    KEY `idx_shipment_created_9c3e91` (`created_at`),
    KEY `idx_shipment_import__84604e` (`import_id`)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='One parcel of an order, or what somebody carried without one.';
        CREATE TABLE IF NOT EXISTS `shipment_event` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `from_state` VARCHAR(20) NOT NULL,
    `to_state` VARCHAR(20) NOT NULL,
    `courier` VARCHAR(20) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `actor` VARCHAR(40) NOT NULL,
    `reason` VARCHAR(200) NOT NULL,
    `request_id` VARCHAR(64) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `shipment_id` BIGINT NOT NULL,
    CONSTRAINT `fk_shipment_shipment_05b310cc` FOREIGN KEY (`shipment_id`) REFERENCES `shipment` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='One hop of a shipment, or a corrected number: who, why and when. Rows are never changed.';
        CREATE TABLE IF NOT EXISTS `shipment_line` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `units` INT NOT NULL,
    `order_line_id` BIGINT NOT NULL,
    `shipment_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_shipment_li_shipmen_a96c8d` (`shipment_id`, `order_line_id`),
    CONSTRAINT `fk_shipment_order_li_1a0968de` FOREIGN KEY (`order_line_id`) REFERENCES `order_line` (`id`) ON DELETE RESTRICT,
    CONSTRAINT `fk_shipment_shipment_1deaba1d` FOREIGN KEY (`shipment_id`) REFERENCES `shipment` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='How many units of a line are in a shipment.';
        CREATE TABLE IF NOT EXISTS `shipment_scan` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `scan_key` VARCHAR(64) NOT NULL,
    `tracking_no` VARCHAR(30) NOT NULL,
    `status` VARCHAR(24) NOT NULL,
    `trouble` VARCHAR(12) NOT NULL,
    `place` VARCHAR(100) NOT NULL,
    `text` VARCHAR(200) NOT NULL,
    `scanned_at` DATETIME(6) NOT NULL,
    `moved_to` VARCHAR(20) NOT NULL,
    `created_at` DATETIME(6) NOT NULL,
    `shipment_id` BIGINT NOT NULL,
    UNIQUE KEY `uid_shipment_sc_shipmen_3dbe5d` (`shipment_id`, `scan_key`),
    CONSTRAINT `fk_shipment_shipment_ca881aab` FOREIGN KEY (`shipment_id`) REFERENCES `shipment` (`id`) ON DELETE RESTRICT
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='One scan, stored once for its `scan_key` (`shipping.services.tracking.base.Scan.key`). Rows are never changed.';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS `shipment_scan`;
        DROP TABLE IF EXISTS `shipment_scan_archive`;
        DROP TABLE IF EXISTS `shipment_event_archive`;
        DROP TABLE IF EXISTS `shipment_line_archive`;
        DROP TABLE IF EXISTS `shipment_event`;
        DROP TABLE IF EXISTS `shipment_line`;
        DROP TABLE IF EXISTS `shipment`;
        DROP TABLE IF EXISTS `shipment_archive`;
        DROP TABLE IF EXISTS `tracking_number`;"""


MODELS_STATE = (
    "eJzsvW132ziSNvxXcLwfOtlb7YmdOEkr9/Oco9hKt6cd2ys73T3bmiPSImRxTAEakrKi2Z"
    "3/flcB4DspkbIkUzQ+JJZIFEAVQKBer/qfgwm3qOMddhhni4ntmb7N2UGb/M8BMycUPuQ3"
    "aJEDczqNbuMF37xzBIWZaXrn+a459OHmyHQ8Cpcs6g1de6pGO7hilLj0nzPq+cTnxLD4xL"
    "SZgZ9dOuGPlPhjSqbU9TgzHfJoOtCU8BExyYi7E+qSCZ3cwZ+RyyfE9j0gG3LX8g5xfIsP"
    "4QFsdr/dofqsz6A7RgembxDbIx71yXxMGWFcNcJ+sHvVxZg7lgcdJ0cTzzxjNjzjwOf3FA"
    "hcePI//zyQz4q3ZQcD2zr4+9/hq80s+p16QSvxCNgsuD99GIxs6liJmYWbcEtcH/iLqbj2"
    "2b4/Z/4X0RY5dzcYcmc2YVH76cIfcxYS2EwMdE8ZdU2f4gi+O8MpZjPHUUsimHX5o6Im8r"
    "FjNBYdmTMHFwpSyweIrh0MBpdXt4Ob7u1gcJBZRAFFbLLVpSFnuADhUT3BgHt8hB9/Oj5+"
    "+/bD8Zu37z+evPvw4eTjm4/QVjxv9taHf8uHibgluxI8O//5/PIWH4jDKpfvAF74t6AxfV"
    "NSidmJuB/NZXIGTsemm8//iCI1B/Dj0nMQcHzZJAQXolmI3s5dTMPE/D5wKLv3x/D1+M0S"
    "Dv/W6Z3+0um9On7zOsnmS3XnWNxChsc2rvAVqbTKE2SrF/s+MHqH6z1iv9pjqaW2ouQMnA"
    "H7fHtC8+cgTZuaBksRHwYf9nBSlvD39vxr9+a28/VabPSe909HcKxz28U7x+LqInX11fvU"
    "mxF2Qn4/v/2F4Ffy31eXXcFO7vn3rhgxanf73wf4TObM5wPG5wPTivMkuBxcSkx17MCpMs"
    "sxsg1MsDpB9PxuZn5Rahg9xE4uvHBnDh/mpmsNMnf4MS9qm701OZ6kr5jMvBeThNzE5wzE"
    "zpll+xf8PlckDe4tl0ax1cBRzUpJosOxye7hHqxP4tn37EeboeDm+eZoBFddccOlo5lHLW"
    "L6Pp1M/UNiQL/cFYKfYYi27SPDaMGXoWPLD94CNrUJfuZurmC6k5FBSjXucX81DBRpQf4M"
    "elRDSkn2jsJNahCTWTDCyKcwAgqsQoCVD2op8bhFGH0EeXZqet4cZeEWGcJMePjEKAABie"
    "krodcjlEFf+Px3fOZjbxOPOo/UK5J7MwLu0KWmOhzg3p8H4ucjcfqGb7rQjdxWxJoQX7VQ"
    "XFuhOJzJsjJxSNBAkfhdGZH4XbFI/C4jEgO3lEpegb+KooEMfv+uBIPfvytkMN5KMji14Z"
    "Tlcoqsgax+e1yC1W+PC1mNt3JZnbdfr2R07qbdBDYflVKjj5bo0UdZRVoKAlk2//Xm6jKf"
    "zRFFWrC3hz75X+LY3j4q0ktYi7xIiPMBR1997fyRZvbpxdXntJyOHXxOb9codFXhe0ig2f"
    "4EtoMQ6VU7JSOK3e0pBwc72VFO3pTZUaBV4Y4i7qUWtmUB/71KgkhE0jgevzspI+idFAt6"
    "J2kGgzbnDkCjZjlGmWIeJ6kax+bjUkv5eMlSPs4uZWWqrCiHJKkax+nNC9YxzT7D5uVWxi"
    "SltiRrS2O+pfEz9HLv8hmzbk3v4SDH3phq0VpmdbwL2w78oHEp2yO2PiTG1Fw43LSU9Q04"
    "DEtGmd9sdBnD1akDSyAywPHIi4zmlXzH98Z6FxZCz4e3RJgdhcvc5bgUvMDHPefuQ4vMXd"
    "v3KSPQGV4EDjBPGhWwHTWHY+L5dNoiHpdWQlMQUld+880HKrvHR+8zjmZGeAF8m6FbXvjg"
    "0U5IDwlOihgcbaSGYzJ4NHfGxFfRL77fbfi5M8aAJQPZQj08fiHzse3Q6AHGprjXZzg0eU"
    "Uf8WeM5HOpJpZNrdctwTDbx77kpoAspu7E9jz4nWIM3PBtNHqKMAPTCn/SD/AjYFQPSKjr"
    "cneAhlOjzzB8QKymlmgq7hGffvdhelwq7LZTyqdOYbRAxmqKjzzAKZtJKcq1OczNQizNR9"
    "MW21toOY08cHeiBdpM8XpEr62otbWipmY6K5R02WwiJuIcnt5kQ5qZkPRi2Z2Ect29PDu/"
    "/LmioBKQtYn60GdncEa1Cf4Pn7udM/gM/6e3xVJWlfdljCrpczNmU3mfUYDiL1xFgSZNq0"
    "Wa2ok08al2qOnhzvxAK5kUUmSNUxGOy7xTx8Xv1HH2nZLu0Jwtr/DYiZPsLtTnzXYPn+Oj"
    "dx/efXz7/l145oRXlh012QgexwQNVQgelRZugqp563YbRgQdQNPsM0AbiXZiJJrO7hx7WJ"
    "HLCaLNMPl5VZAtH7PibwX+Bu0b6G3dwgqOKeUZGWa11hYn3508c1yN2Qe/nP/8CyhVfXZ5"
    "1fvauYAO+uzi6vc2eVtSOZNyztvjD+9DEQe/LJNubmCgizwRh1VazEF7vRmvXMpxM1ulUy"
    "9Ftxar07JMjXbkLWwaoamx0rmXoGrcgt588Jwymmd5XByPESPRERlPiMgQjoYqjA8JnsT2"
    "/dGItsb19S3Iz2I8hqYzalXcYQ7+61v3W/esTSR1n4G617vFC/AbXB+vfDm/PL/5BS+NbG"
    "Z7Y3Gtc34hrpi2o8asuEd9LLFFfSzcoT5mhUfpgBugXaCCFSxDp01haTkxZJHPfdNZh7ch"
    "oWZuNlMQ/c9VtveIQu/v6+/vkb+5ityYpGqc3Lh58Vwy7IFXZ7KkaRyLtxJSKjlWzccWp9"
    "FcLsNl2xsMUdpzlMSTivDg3KEmKwjxSJGmGH4HtNvieHhlt5v256uri8Sm/fk8Fcpx+e3r"
    "527v1ZGYAmhk+7ToiEyG41R0IYR0DTTCbl7R17Gm66z2vXPKKeVujWlOUmrXa51nOdDX15"
    "jmFKme57rNc4XI8fiCcGiOUeuzIvvya486IXJZas5VIDhGGn+BbvZ3A4+uqlX5722G1p/O"
    "XI+7Bzkh9epOa1ko/T84PG/UbmUU/S3GonPPDmLMMf4b+mgTk0z4hDIf47WJbQk8jTvujw"
    "/JuU8Q+c2Dts6CiCxKgoAWMPvATCLTWVWENxrJssH1uxp0daB3YUz28zruG+iBKw7AllNe"
    "9byJqPRRU7ejJmEMVu95ziGyJMUhTtUYG/AOEh1qkh52btHJlPuUDRe/0kXeWZZqsfRMs6"
    "O2gwfVuFR6GDTGVCqBDzXkU0q4/EKZNeUwOZhGNBrRoW8QfDyZ3CTN5eQVnEDcteCYYTNE"
    "Ymoh8qi5wE0HTqbX+Rlj2xxQJJHdyxhHBszww3SssemNRX6YGqUlngPTrO64tZBorILwBy"
    "8Ac22Ry28XFyIxiuPRSIam41DXEwdtmJmFeWZ9phLNRA9kPsaUrClo7sHDS3DYuQ0vqQSo"
    "gr5cGAD4YDLZueAF/B7H4yJPTLBE8KEYvVXQ4N3gV+HnIMgTV0EaylWnV9UyvSqcx7KSVE"
    "jQQPPbxzLmt4/F5rePWUt+7O0obcmP0TSQyVuB9YnvPBVYnSJrILePT8rgcUCr4qjpkwwi"
    "B55bAzzWqvA6QdRATm/e2RqXJqpwOk2no05XcbogJq98cNiu4wd63y4v10gsVmRtoj7EE4"
    "vTEvMzBH1JobPSWRlSNM7nvflVvm/Zu3ucWCR5NmO+nRNgt9xyliLVjtda28/2y7++yzN7"
    "32e5LrY6dse/f6WeZwp7QdZSF7/fWmqnw5aDSaxpKSudIpB2qkdQTrnbIp7PEQCIgzwkrF"
    "RYOsi2DomBUn5o+XLpkNqPCBREv/uflPtHeojIWFjCBFASVd3C3Vyz3U6foM8EpJF5Dwt5"
    "ifmLz1wpCqqHy69elEKeSUITaYtYLS1iGnBIAw5p8aom4tW+qSwacGjPncAacEgDDukQlV"
    "qdARpwaDc28FClKe0KDikaaBPcfJGXmKZYgclJqgYy+uinozIKwk9HxRoC3ksV1OFTe1iF"
    "zSGB3ilW7hRoYcny9pZ+LxAUg/aNWLzLTtbuH7eJQzWT2BwerBdXlz8HzdPZzunIBmnBWq"
    "vybIJUq7q1E3NqY2N+NF3bZP5nF0HsD3LNzMkmreWWZtV4cBe1LmVslu2lpXfq8omNDR/o"
    "1BeG3kPE9x9Rl8JnYeI1PYxjNAwRmNk+fnP8/ujo+M2PH/7r/R8//ff1VywRijUA0OCbHx"
    "G6xfFEQCisD+7IV1B04FGM0aQMhhvBHIgio1iQwOHsnroIyALktv8J7qtHE+GdLvVnLvOE"
    "8XqK1Mut0+qX4P3w+XVA5n6Yn2NzV1Z2iZE04ojdaoxJ9EJU4HCCqIk83njgq0V9My/2oZ"
    "jHEUXjRPCtmL1Gtuv5A49StlY6cIpYC4e1Ew4z1uQ15zpNq6e61lMdExmrK3wJ0p2YtXVI"
    "0d6pe3/ldwc5Kh5ebq1IXi+vyUHjQ3KFkTYiB447mDqHehYjM0a/T0UBMeGnxcJmUukxxF"
    "b1nwaR/d1REdXjwPL0/BCsEpvnK3PbHVLpc4FXIRZiJFPsYCDD9B4EPJEBmqMcX6qNhNG5"
    "SCkUoUpSrwOF7pCcy/Jy8qGEForXiXxYr4UP02cg3w+xFh3m5mGRNpE7iGTwg0VC/Ywu1w"
    "h1Vn3tsurl6qjC7IiiefKxjr/W0tJ60hLs6/4Atuc1pKUUqZ7oWk90cLRW2TLjNI3bNLeQ"
    "HyQUxbWR5HLIdWBNnV8pMWFPwJTLo9czXvsZr4ion6DRcZ46zvO5DN46DnBrUkB9DFO9GT"
    "vIt03hndYqbEVXNSplooLG0r1u2Rbx+IQKsMIWkUVQBLrh3AwxmSgml+E+GFp+JBAUmm2U"
    "hYZaxPbpxBNxA3FDUa65anfDI0gUJTAKHyVMVmiMEt9nrEWAnVRZqmzrk7zO554wNjn8nj"
    "g2Q3zHUUBBxuajgHT0OS9pePpTzFFgNQoy5nQQQu2CEOLTVHajjdM00EW+eXULRr+/L7IB"
    "rk4yjJHv8FS7Of2le/btolvxdAvp2iT41GdfO5ffsGSm/Ntnv1/1fm0T/D+9Xz5TnqE2Oe"
    "wAeKcuuPUlGK99nQ3Ara/bMdOkia5oWti9VWH7ktvGDAuVbQranKDNCfU44WtiTrig96bT"
    "o0PuJnXLnNutZYYFBxsO3KhlubIN1PU4Mx3yaDozqTkjsLLsJsSv8ejUxLXiLIhwORPjgd"
    "KpdD8b5FV/Zg6Phv3Z8MOHj/D/x6OT/uxuOHpH5J/+zHr/9iN+/umEiPvD4yP8++GN/PYW"
    "Wpy8z8PDrt8jqgCbeL6FgvCBp/nBC+wdNhMhOobFJ7CIjTZZCsx9SC55gKENM0sQ3Ef2q+"
    "pZF2dRyAHwtk6i2DP7RTR1paPPQ4oG2i5KIS4vAVzOw1vWWRQZNm++ep/ao7JMLi4nHCN5"
    "Uj3hurF6CWu3UlA4OuOqqqxJSm2ZqLPCul/wnXV54fZimmuihFzN/Dv+vftIRXm6jBISv7"
    "1UCeGi4YCGLUu5OEXztkhKRj+elJBlgnIL845DDQBFqUNimPfA9ntYpEEFHBS1vdndP+gQ"
    "q74l0p8/GEZ+HP4uBi3jbFyKvtkifx6EA+NtjdVZSfKphZyvsTo1Vqc+ZGsiS2msTo3VqW"
    "M4m7NuNVanPgM0VmdtnGr7Bm+4x5F5Cb2wdORXnEizuQSbtXX72azb2u7Z2OO4JnbPa2Xk"
    "g9VkdoaYnnCQY/7MadVaZgUNTIcDYRIyI4pS1lBJ/YMnDI/EG/M5IoNMRMwu8bksDO6box"
    "GZULRZHhJDJFQEdsk5ZmtgToYgbRFGH6msPCQDKPLNoTsZtYw9NPbqSvPn0Je6S/qGb7rQ"
    "jXyrBffFV52vUVs7aDiTpYWVgKCBgsoW3PAzF3bmapicEUkDWbwFjSa55ZTWa5JkDWT15u"
    "sQRNt5dUY3twrBNqrSi2O8CpdDggZyeEtB3CbIVtVsTQFF4+xMJ6U4fLKEwydZDoO24Soh"
    "u7RwEZE0jsfvTsoIFyfFwsVJmsEzj7oD0KFYpcLnSarGsVlnfOyvcVrblgpZr21LG7Et3Z"
    "rewxdb/OSMRSm811pmR/KhFYzmVKiDja2xLgeSCihW0ycTjsCvTEC3ClTXB1hYh+RclJmG"
    "QSmsTDK3/bEw1yAlGnc8WPKTKd4USS637ozKOtam42BPtp8PGLLTJ+gzWLu+SKLxyNy1ff"
    "hcnCuDHeNNHF0nyeyH0UjMVe5BuDpqLqCts55ycHP1rXfabRNZp7DPoG33BnriPoXl3e31"
    "rnrwVURwwPde9/qqd9smLp1y10+/gGWO0g1XKnleNObm644TatlmZYtTkqqBvD4qxeujJb"
    "w+yvLas/+Vw+Vle31A0ZhotZ3s9rGzNTrjcxjPuUNNVnDKJilTE3AHpNuagfDKbkXvz1dX"
    "Fwmp+/N5ujDjt6+fu7DoxZKHRrZfwPX90n101th6UW5Ce6gqvMaImoR3soNtLaN1JmciOw"
    "1fuEvte/YrXWSk2BTrldL4GdTSe5fPmHWrOtyzyfh3sNqCq9Hb7ZrzUPWKL0LggtQPhbzT"
    "uTntnHUP/l2s0Mc2ufGMPeRYhD8rui+/9qhjip9QyPFATT/FvhrE8H/vwu4hmbbE+BFytY"
    "QFZDAMG6+0g3TI1KZDVakGiVuhDeL45D359fMhucYGHjFdibWBuXuItiEROiR6qO1ibmA2"
    "WGbjvT+hFI42TTynaUKZnvKmgJnuokCCiojSMusCNP793WRy+aoCPUNxCbSvz+eXnd7f8o"
    "uNf84JDP38t9tuJ1NVEnaEqos/RqRFm02JNoF1+omiTdwevmfTUFaoiS2/qkLNNk/rb1MR"
    "qp5zTKs7S8/nWdSmlHtCtkcI8Ak8ziExvLEJp6YhUvANtKYY5JXYCF+L41MBeXPXvrcxF1"
    "+etx4XVz1Rqg6uEH9uw4mMdceZwAP/lOuZ2NXgfWZMTX8cYoNRhqBeathAGBCwZRJNzOez"
    "4Tiqvo53J1wgg2FI7dgeoltExNZiMl/4M1rENx8ogw59TmbIce6SEaoHOAZcIHeyxqA3p3"
    "SqRY2677LLRA25UqtYgCMKXfdwZTAAvq5VmBu0bxxrt+LCmNtWHnsLt46wfZPEtI2lgYPu"
    "eD/OUToK2RkRaH7m8DPf6VMjj88e8bLYWZ/PzH1w0K+5k744N/s+x1zqzKStZibtl7+xLs"
    "az/XM4hnps1WlOUmq3ct1muSYRtdIidWsPH2guTGXifmu13WrgR01Xe5UY4zM2pMIwI5w/"
    "lu3SYWCPQWOLIY4Foy0sQcI2hPGu3+GqswgMTMK+JCxOcM9Q3gCxJowW5lnf0azHaVcj91"
    "loIrujI+5SYtDvUxjLQ9uUNFZJnEyD2BZQ2zBxCIQZ1ugbmo5DXQmoGYJkcoGRmTR8EUNN"
    "gaz9RzyKpi60ZolQXni6ke1OaCHwvTZb7YPZSi6WSnJrSNE428rmc2S12LpVsVXrXNvUue"
    "IHUBUup+n0Ui6xlLWRa3NGrlBwqSZZJMjWYmzNECGfJ2J8v2wJWslcz5QQqR1VZzlJqS1G"
    "tZvmmtgSOgr+IceM0ImQIZZYEAS0QaxlibBU6MR+pO6CKDqpzCs8tazav7y90MbV6hrwUR"
    "Q6Im7/AKq3RWyMYIHr6pZqHXTXIvCjqGBMkIsrF7kKcjF9rIMh+xOZvP6c91mqk9LIblpF"
    "r6WKHq2garOQpNuIPPNiZiOO6X5Hc0p3LYNzVwSNUzLfllF63hYrPW9zkFSG9tSuCFmTIG"
    "qgbnlSDn1pCfhSJnhqnFtPe0n01Di/onYT2Lv5Ipb/sqcYPlqFwTGSBrK4DLZVMbRVBtlq"
    "X6DD9jsGULEMnt0384pVrmR2jLJxR9927Kt7ZSjRKnRrPUvJbGqtOc1JSj3N9Z5mNDdUNj"
    "lHRE2y5D9vxhsyNTsNlTPevqlu9mwKyma7xZZenbLdTuG5C2rcBrdaK61+w1jLUllvJvPm"
    "1A2qKDxS14Ob0pg35Y49XOSXZFhNJmyA8nNo/8OfJRup5ySvDMOn7sQzjBYxjKlrP5rQXn"
    "yZmO4DbO/sfkAnIF2lL3qCCMaIXWOYTWAYr0W6WewG0or4HvjsUCLgSNXzysv37MfZFCOF"
    "Ji2V1Tbk+KMI/RHHFkFDN19vVJxQn1nmQpxA2rxY882ytcS8KBdnJetASNFA3WrzMUBqW6"
    "jC4RhJA1m8herAIMjRvF1kGT5ZRLRDaLLnEaZfLDJZXSZAazNam9HazMvTZnqwl7nUuuD3"
    "NjvPxfBItViq27iy7cDBxurXlolqUHRE0BHbaskQf4uYHvnla+f0x5tfOoiMNWMIf2UYsA"
    "N1Br92/2YYh+R2LCAzRHQB49DViLoUIb59HgtmyIuN2NGoT1A8LPueepV8jxFF44LfN4XZ"
    "UKxpBMu3uuiQpNSiQ+1Eh5qEjIlDLi/tTB1+y81GpaPEwvqawUasAIqkhUYgE6mtjnF3Yj"
    "q2Bx9fXX759bRFhqZHR9yxXudtmZvpGG1OQV+yZoPHh7bpSAsP7MWcOYtga40N9ery28XF"
    "a5kaBjempufNOUwJtBzDXTqZ+ovXLXF/YmIHjxQbSuMQjGp41EO1dUCnfAgULjyeJ3PGsB"
    "6EuitRFym8Zxb8UKXpGmTIZ8xXaEwW5qTdLWQ1U+xY/P4BtMV0NgHD1ILnwyCFxMW2HCw6"
    "IMjU5Y9YHRWuTGGJo60NsxNgfj8R/LUYf8e4r9pFQw0dEzaSdKd8zkJ4yDDiz+f8QSTYuX"
    "wiY/nk2GoAUQ4DDyYBQGXCYGNMv5PEOKD6Ad5AJvQNBAYljIqTBY8+mwK1y2f3YzQqwmPa"
    "cFuE/2FBIXHAql8kGat+scoOxAcd2S7W9sBucby5uRjAhDvw1qd+nsCucmz2IGcHsa1wIq"
    "JBMYfQjC8sPvPxqdRCEb3DVQsls2TX9/BKiQq2Nrek6TNoCMsSRvMUt6JOo/vYLfCNLSa4"
    "3GMd46IKCvmqGrZkTgWk50RMp7ZL1lztWSYtxIXc0rF3MZq1BLR6BTxuuxxtfIOvZABOEz"
    "Yu3uNjGWZ/LGb2xz1MVdzjAEdxaFfhbkjQtF3i+KSMGgetigOVTrLge7WLH80weGdxYJsO"
    "Hs2ItlV149wONqAi1yyXcd815Mz79JQ5z+1Az3md5zytV673mifp9YzXecZzFfuKPurCPn"
    "Q1rQo+66TJo+qbl6XW712d3zvPN/1ZQbbI6oqkEfUOldrO6e35b92KIqyiahP5t89uvt1c"
    "dy/PumdtEn7sM2T4Wa/z+/nlz20S+xLduYyuX6aN0s8Tz3PvmtXyqUKCHU7a587N+elu1I"
    "7Nczhhqs9yuhh3Jk3XmLqaG0OfKYz3K2RqcbjfFtl5tCfsRK/EAJ0heAhXP71zyPXxXefj"
    "O+ZBqiypJUl3Ms8aP2i9aU549KpOdIZYv9J1nmsdM/wiplknujZ2mivEd2UQBegTS/zGwL"
    "72c9azxX1TKKsYl/REJsVyI5vIpAmd8CdyCGMAv0I3TWVRFDD1REb9HnbUVFaF8SsYEvjU"
    "N+9addbDvprKMRlAOjCHMkzzaRy7EZ11ZF9N5diQT7AaBCyxKXefvruLznqir73VZZYzjD"
    "4iuxTbnsivLvalmNYgdm07dF4cjwXh88HRuQJ5YRI0KwW7wLhPZVixCPUWgekB0KnM4bJk"
    "AHsCNjWM+cXY0UzIt0PNRwV5msFr2PJ4OtZ4T2ON77hVCQEhaN/I4Mxy0ZnLwjM10tnLsQ"
    "wkbLozmJ7qaeMJMp04XnFX0zn7Ome/XlOwsZz97N6yAabeoOTXYK4mdtMEX3uwwffOT2+f"
    "CwwhZljKUTKSZqcVasY82biUsoH5ktTzW4RPQYKfMd92glqGuGIcB4R/0AxGNrO9sUhOBd"
    "nDw9zUdN0GPgcNgH73P6nGMG0Es2NlqcV81WOno2tFpMbnxjJFRM55FVUkomhcEt5WVBH1"
    "Hq4JQ5Gk1epIrdURC7bA6pMcUenprfX0hufmOmaFFK2OH6rzTAdC0RoTnSLV81znedYGDG"
    "3AqMMUbMyA8Tx6do8K2O7FKVYYyoUcjN1vLdO1hZds4Kr2g6BkUTl9G1vHMf9M8kAX8BFB"
    "Q4TTbc7dB08AJOWrzFU7yNF6/5Q/4UDMsUUlYMnftS5cly2otUQXjiYsMwnLao/HiBront"
    "sUSmNiq18rZFcH3++HUCX38KpbWZxKi1WbEqvCw0j7MJYKVvHVVyvJijv5EhVeLyNJBe3K"
    "gDZD20PyeWY7PmJ24lfhK0C4yrsQ4/AT+gZsF2OUJrbC14RG2GI4Nhn8ihah34d06kND7o"
    "m6M4YhgCwNIxe1eQfDiqI4xcifCmBTlMlBsFH13bERxnIUH1M7O+q+Ga4S8KrKdpsT62oE"
    "2rb5mjMabXCLaIO2N7jD/dHOcdQtRfNJEmoInwoQPhpU4WCToAo6IHOd9bx3up/OyG3sNK"
    "+VkRsTnXOOrgoJNqjwXIed7e/0r8h6y1fXK+W6NUxT32oOUmpVFSjayXVXRuUeTJMkpdwX"
    "EY0sWCAV41CJDUsT8bnXxkg+/E7RTRKjbBHon0cqMKwW6gZ1YgtylHY0bq6zJLBPxPilnS"
    "V7oUsnV3hZtS9J1UDl793HEsrfu4/FRRM+ZuIHcT+putZjRNqYviljerBZPdGWHthu92wK"
    "yprSY0uvTpb0GwpPbn2BU5jnVuxK3C9xzHui/WAUEaw85LHGIGVDdzHFtF/owKV+C+sI2Z"
    "as2mRAlyPbVXWgMA7foz4W5xKQgj6dRhXd6Zx6PkFViOANuGj6ZA4nM7pJs+f8bod+goG8"
    "Ls5DfcIfeNTEeFW5WKoc8hnCBp7zxycnJQ56aLWk7MlJ+qgPX7Zqqz9B1hh43B3nst7R+9"
    "k6cK9xOm21qp3VKgV8Fh5xla3QKVodglS3ma5gn8zKmStNcFeM3nL4b9vxMs8qd2wpWuZp"
    "crvgZJ7AHrB4haReTjbvKIAeBTiWqIiLwvDqIrikbDVaynIE9B2PLwJiJjOQG2T0zCBAqD"
    "PaYclYiUKEeoAsZxsUXSXf4rnEQfCNGQwgSvWKgr/ynk4R3gtJqGZ1UWs2Ebow6vOpWpsv"
    "jZq38eXsMMsia4q60DE2FWJsdNDYFoPGdFWqWFWqtLxVZkp0DaQDXQNJh+tlOKrD9fbaTq"
    "LD9V7cNOsQAh1CUIcpeGoIQRk8QV3Co0K8aQJo4akRuimQh6bwq1JQSlzWT8WH5HM28CuU"
    "COxNBajspXcpn71V3QGX3LdH9tD0C4J2s41aqwN6WLp9qXgej/o+/G6RQ8oZVVZ8CZ15SB"
    "BilM98EVQ7xyDa+CAyyIblwHduqmNh5acT03YMkddqTGFdUfjsUmHSD+tlfYKO0JjFqCPD"
    "ebCHue0PxwgSiv6DubnwROQvdKDN+XWXQFpLzPk6wurZYkzEq1jF4BkSNA5q9fikDK4MtF"
    "oSP5VBlhHbWyX3SUDQOP4elcnwPirO8D7KZHg7oHN6Ph8+DPJX8VJ3SZZYO0oqOEoi9nmT"
    "PDG9HOsVreZ8Bc5rC9k6E7AXFrInBYxtLsApWc4xR5vJ1Hss1mSSdSbLaTGYAujzB8qSyI"
    "ch5iGoAjJPQJYQMOj3qQ3dY5pAC645oEBgLFCQAEBeGQqpzXiN9QUeuW3lZSTsZlihAU1d"
    "/kg9Q+D7yBwGWMk+MAUegMzH9nAc9IRaU4sYSmcysCPDgG3TMNowCtY9QGrx2ET2KtUl1Z"
    "968D7D6ggLItCM5kKDMxmhpuvY1CUuhb0aJ0KObNkY1uVLJuhYqb2Q6IuVK7E0KkfxJKka"
    "Fy+1eQhJ+e5VkvRDisaJ+mUyTosTTjP5ptFGW1XiSVJqiad2Eo9GYX058ysFoDVmOEGo57"
    "jOc7xfUTrPkMnSiFnWRSrqEr2hi1SUid6oaZGKGz60Tacj86sO8rzGiQatpR5j0XRgxtqW"
    "srM4NnvARK3Z3T/o0A8hFVA5gUMXay3aIfqwTL9qoVkEiy8ekk6QkQVUIxjXIncL8iqgbR"
    "HV62tZZD7X4LLD8eO+ZzUM5qkHPmcycvkkMXgL4aJsmExRlpJxv61SzLyxKEDJY0UphTeb"
    "IQiVNP6MuNtnDucPP86mnqhkOYJBxgOhWIvxI/ALJBVE0COFzxLpmT0Q0088zydy+e3igt"
    "gjeBZgHZqH7u1HysTTUWoVY138eRD0IazLki0HsDj/DHeQsIFGu6rNxt9aYteJT2gVk0NA"
    "08CMlQ2bHYLXpAKDYyQN5O9WEEZ2HIFQM91vByEIiZMny+hbOEkLwq3ThE1g+DI1rPvHbU"
    "IDC9j66mvnj9cJLezi6vLnoHlsGk4vrj6n/eRwjq+lDycIteWy7vrw81su9QRrg0dD5F5t"
    "8GimweM3oU4XR8kn7reWmTse0y1Ll+M8JOdWS3wSerdvuqAmi/jzKOgD/d7UE1aDnKaeqs"
    "EJOngBfvUWxhHGC3lHuOWxZhTmC5PpzIXdDn5wEC0fdYGQPfYjDa0dLp//AKPNGTGgZ9WN"
    "DGaRISjwAAigEwCLtfrMR6wetDq0iMeJh/YN0xEt0eLiijwA9byq9pUMkTF9WZOUGMAYjH"
    "RRFa7uZyK6/zCF7gmzZrue32dD7rqgQMl20CqIoGmHVhWC5bHUj05wBX6SyikwvQdY/vI7"
    "8BuJ8B0njj0B4raMmJEPjfcQikh16LUk+5BZFN54DxMeCKM+llmFx7Hse+jB6LPAfiQk98"
    "A+Jae9JwJsHFCzMRKH4R0Pkxtcii3wcMCJf6SqfJjaI8rW8fqfg+hdO4h+ORLHPChIRL9P"
    "XQWwFPQTS00P356B7ES8XWqPPBDU8D6JL+IgjA0acvcJY4o+lgypbU61tDkFu0YVdT1Oo+"
    "OIVsYRqV28CodjJA00Om3YqKc2+kpW04ikgfzdPKZMTEqpwuYUWQNZvfndAsW7KjwO2m/E"
    "ktfsfVhXXt8Fm5MSbMWtQlE1Lnx287VQEzJ7WS4niDSTVzJZKodZDt9MQMMs1FAiqt0ZCd"
    "9vV0t5e/zhfaiX4JdlmsjN187FRTbLTZgNsrwsZGPYXgPRZXK8dfj8S/BR6FoCL2Wma+Fu"
    "1POrg+h1EP1+JnifwoTfc3dxkOODC++1lvnfhvFWK31vhkWn/lj4oY6ky4VMzH/A36CbQ3"
    "Jj3zkCXEp4yER87d2CGMB0G3sxWkS4ouycvO2N965znffUP6HR27eJ3u7M7qswN2jfOKfP"
    "5qs/iA2ssuEgIGpScNEmTAfBrl7BehAn0QYEjWS/VXZOQQhhfuVwwgTZWlytmcpWi3hCyd"
    "XsTFSOKIzLzfs1D2WDChML8Ako2MOx7VhuXi5CFXDn5vE7aQNQP28wdbk1G+b5Fapw61r2"
    "UoFpdRMQCrm2TUX5i/nPgxwdGS+3lqnHI9WgRJFHGWXIGZnb/lgEN5rMm4vsVaGnzuFtoc"
    "SwvYH4Dqoqdy2KAaQFGiwxZAdCIZ46wCqZLZvRm3c89mqt+s+EWSGUyf6ute1aatvxycoq"
    "hasLeiUmu8Ya+MFV76zba8u132dn3Yvz37q9v7UJvPY21hfos9OLzvnXNhnCip/02XXv6u"
    "zb6W2bqL27z752EdyzrXLF+6x7e9om1B+m38nnCdgKtoEq2n2cps6Tt24m5psySj60Ks7E"
    "fJNR8+XemOVycQpmRNEIHu86+VJbAjasugaSQM6xuwzwOU62Q6zn4EjeW6jn/XIE1mYr2Q"
    "dPoLavbW2T0gDpjX1rauI/x0JOQ3qQYxlQd1rLjAMsalPCPiBbBwDk09mdYw8lVJUhvnhj"
    "mSGJRZGkvi4xqq6/fb44v/mle/aJTG3GVB4pGfIJlcmWSmvHxEVG5yDN51kIdji6yOW849"
    "YiZTxoKVitiek+zKalTQmxctGxB9XGBG1MeNat+uDn7mW317loE/k8Tr5BIWtC6P7WvYTv"
    "8Cow+Hbzt5vb7tc28RaeTyf1MCP4tu9UCr8ICeo8Yeum1R2XMSBAqyX1jjIGBNwdq5gPgv"
    "aN4O+ujQegtMqjq7qyG9HpykYV1N3oyF7nBIgd+LvLVTrrdb7cHlQ8AgRRm4g/sNUHolI7"
    "kprqsaEnBKeKqlSaVkec102XSlggbDofhMjBZY0QCSJtLNXWu5f57mjrnbbe6bdm36x33g"
    "2luSB08dut1XY8b+AFLVda835Hk5cZIMYL8Hk+pWgdk5Dv+H2kbG4ewturlvMxV0YwrM2H"
    "Nc8ZRzS3rMVu4yOgVe52TF2BDAfXRjIuEqHphDHCXZC5CxK9xECDNlj9fcxhHmLg+D94xO"
    "HDBwmuBm9cWLdQjS4jCb0N1BqsB1Cntucd4Euxxh4eI9MbuN7AC+rTcsceLtDslbd/x+4u"
    "3b6not3ADxqW8MUowU2UTyWSHvdQyzVHEv8SodjuKV4LVfmQCO7Dvtsid3Rowo6j9j6PmP"
    "eIDOlz2P0+wc2RLLrq5Thjdjl8n9HRiA59+5ESy1ygW0cBfGKsKAw5Z9Jjo/oPQUZxNgJA"
    "TOStLEebHu0TVkR5tCWlwgbF+FNqwf/4A4LHhl5thqfOkAq/U5+9edN+8yYY4Vd4XHgsfE"
    "IjfOABdhrhmjJ8iqA/33yAg0Y2PSRnyDoFxwmHmzfD8rfm4hPx55yEJow+U9RenPXqvAyg"
    "PIknfjijS2qwCDq8HWgAf8cKLNHl+C/QdVj246CLZm8do2VEXWcb/cFtt/f1BmaXuhMPnV"
    "Pnv3VO/4bOKfvRHGL869XVr+fdNrzJ/MGmfXbTuYBvnunA5173y7fLszZx6WjG4F362un9"
    "CsfX5c9t4dKlCLFbD3tnoSZf7MIqVuVrNYFrR8GWCoJdEgObSSLWJv5amfi1z1b7bBvks5"
    "UCMOgsfqVFnSJrHNbhSalshpMl2Qwn2WyGhLCaYTaq+fnMTtMt0/Mb5RVEtV17WF+QuUQ7"
    "A1/cNAdGjQrewDiJdgdqd+CLeW9qYk3+7JrMknzO2JLDe61lluS7eKuVZuTbMSWC4pCEjj"
    "Uso+TyeUsl4lvk6JBcm/7YI3fU4egs42Q2dbhpeZ8InUz9BZlQkwmP3NQe+jOXZn2B2xxo"
    "wxB5T7ZV7otX7on74hJ/25hPB1Xx7xJEjVA4U/UKyqg974u1nvcZpcfh93wwNfPQ2pZU3Y"
    "gTNU653Eqq/Mh8tGHUyqxO02lul+G2DmHTMquWWfdIZr2Bg/ucjXiezBreWyqziqPfDpqt"
    "FFrPqG/ajied+WbgdsdOyGTm+QIvCnNARXFOeGaPvOrPhh/fvIP/P/z0Bv5/Mzzqz8zhB/"
    "h89+Gnj/D/8KcTgo2OhkfY4OOHNy35/QRvjoDUOrqDz8NjikQ/WZYkep0Vdev1eImYuTyJ"
    "W7z8EoxaythhsMJCXmQ+omxpSbuOkvaQT6YmW1QWttN0jRNNjkqJJkdLRJOjrGjiUqwoCy"
    "+E6VesdZelbBzHNw/yfTfzbEY9b8BmGLBVhd85pI1j+FGZomFHxUXDjjJFwyZwbg0Estwa"
    "LM8lbhzT35VZ5e+KV/m7LBCbZWGZ6iqsjpE0jsFb0SmnwKNqZXYDggbyd9NhVBTf/CrMDQ"
    "max9yTMkVJoVUxe08yZUkxZwYeYTDmM7fSNpEhbB6/t7JZyEDSAR+N7GG1MzCHtHE837yc"
    "l+LaoPKGUthB45i/lQ1mzD2Me0Z090fbqrbi82gbx/WtKJPazn2g7dzazr0/du4LPr/x+f"
    "Dhi+k4Bzm27sT91jJ7twO/2cOmg1HQtlSkhgNrzvOJS6fchdWHTR2ZBfZourbJfIyYELnV"
    "fP6jGIA4NqOEuyKiYn5IDIda9yLBOMyRk/HG0lotsvGsjEV7h2P32dPzrtUDVU69TtI1x/"
    "r8zElp4bRXm40EWZPKyj1Hjann3TEvOH9YtmOK+yV3TCdoWyJFGqEdHOHxkg4v3HKk00vu"
    "aLCfDccUdiqXmgqUQiw6MpvibmYIAADYrlpqs8KmYVaybJTZK3cyKoLTiivY7pD0+Bxj5v"
    "w5VSi2mDGMvjsxgnkPKzDKtfYQ9nZiLmSy8B2SDPlkYvu4q+MuX9eys3q7LbXdquVTbQ5i"
    "RI3BTtvJPMS8VcELWY3zCTLN+70741Qxu7zjLbi19GSbxhqtrl0+de0hNcirOWevAyFaeZ"
    "aJuIciOUZ5wGLw28Tgrn1vs4Eim9hsFtCIUX/wCJZWs2xPwF7klDPf8oACtSP4NuDihwrt"
    "wDCm1B3CKAacg4ZhTrCBYaA6IaJUPpGQLNQmFAXMEzbDK5IMQTvg+QU8iaLpM3E0m0hjc0"
    "uBREks+fBxPN90fU8gysuYmH9g+I46iqNmlFmi0SdCbTwrxeF6R8VCIa/QCI9ROIZLgQHU"
    "ClgT8hJ5aM1ciUIFepB8IlCXooZD7rp06KunkDcGUncSIyPWgaXUqJHt+Ahuwt0+80BV82"
    "R5PNnXEJQ25K1H3UcBuiWue4ce9X2HAnsVHL7Q7cRvER2DDBB/WsmmdCeGEf7KcBaRJryC"
    "KyX8UYyMZ8yCexjuL4FM5Ox9iv0WAeblhUTwTvDgmu2L0Uw0PhoKmMUH8rEHnAthYBSYCz"
    "6GBHPB9dYJFiOSwVwKaAhij1S1gKvLASJGCHiwm1+ufr+EdcNAmhqO7UeQkGK0TM23nBZJ"
    "Da+Gz8uHS/3PQbTNHARjKEuUPBLw4QYR1gCsuqljLmJXBHPkBhm9egjmckC/45sqsGKCoS"
    "OTu/gVgwc6FWMFJ86BIINdSHwR51vxA4Yjl3zSdR9wEA601mMm7XtlnrXKs6ne1366IAJr"
    "088V9LvmzMqe8FXcxsMF/ZZ7uJULy6UONb3UFFdaZrLsxwYfKf5ulHyGiqt89SPw6cwxYb"
    "tcrMkU1cFGJ0qdBWs+UXDmbvKRzADzB3Nf4yDSazxf1Fm5p6u6xacWenKGE8wt+FllXwfT"
    "dfl8ye/YufKv8b9K4X+l9u3yDvQk3WY8uM87IVsO2/Oc2X0VFgftG8farQAVVY1nb3De6H"
    "aAoDAVuwqDQ4IdBnd8PT/9+eriy8FO2Lz59Nz4Y1XgdIqsccE0W8F/skTOVZbNxdBmEUUj"
    "9oxlMR7bADdL6PIZtheKe2myJvl1NxbKVJWpW+fm/mXMxXaGmMpYkp9xksZ4ZDbOUGWtr3"
    "S0ZUkbd7x9LHG4fSw82j5mUw5jXoMKazhDpxdy4UIO/TxZ/i6PHM3vQWMf1i2ANHfWldtu"
    "7TmP0esZr/OMp92lVWc8j34nM75LsatJE56yp2elkxLg7skudiilKPdzRWElIGsH7us+u7"
    "m9ur5GlHf14WANYWbzGO9Z58Y605PjItndDImggKrzI4jaMqCgz345Pzvrwlf5tx4z40P3"
    "gn1rzkmcfoezcdv5o/O5+vuiyNpEfegz+DD40uvKS+LTWvNSLlNsSaJYRgMIPXnJWbmZmI"
    "5TLP+HVI0R/N8ef3gfyvz4ZZm4f/O1c3GRlfnTPt7S2pSuL7zCZpVwRZc1XCWINFMzNein"
    "dJhzRv715uqywMkYEKTlU3vok/8VJTcbpYsgJ5abttNW7JS4iR2kTduyIGkVtkcUmu/r81"
    "0nRG9080iF9FXReNPRgNq8UWNtNxH2VcU6XGCC1+duOsyuyquTjtDbCZqANhS9hDo4epbX"
    "m2WNDNLYaa6QA5gTJAvzdM9dm+aoWJ9VH19+7VHHLDgpk2l+p7K7xf4ug+iq2m2SET+i28"
    "3w6ir0/zeRUwpH5Ims+k320lQmwVs44djzwPbp5OnLSnZ2Dn01iWM7yFwO963iDOb41rYy"
    "kznYV2XrEinN3LNlwuibKCk2SBaeADNI0GFeenI14pyEzD/jGdjho6fr3SeydoJWQdK++t"
    "3lM73CDiYUgZIlG3WiTalXpSaJNmrdVTJ2RyRa5U6r3Kl3qvy6Tr+MDQoo3jGASWwfqzQD"
    "STo9AZUmIKPBZOYjOxlfuEvte/YrXWQ88kul7j2ciCLBqIUe7nl4LKbWIHAAfjf1BQ9OOz"
    "ennbPuQe52swHmNlDvS3M3tccm2NsDxb13fnorRZVnw9/52TUnSyRYcbuU9HoftFwtuSog"
    "S8NAGvKf5Pg///PtEfk/EUSIZRifCOP+GMFdYEBRgymGD5KUZZ/UnSrzFDRWmCqiJwSCE4"
    "WfBNYmXFdILhPTXZAHumhBQ4HtqZB8gvEQGkV1oUpHIfbej7NpS2CjmIhw12e++UA97GFs"
    "u1bQuzc1JTIQAtHJk8JTYHhwQcnVh+TcJ3PuPki53YOJw7JY9JHCc6HkdWci25GMz7CS1g"
    "hm/kcfhOM+m5quR12NVFf78y0rRFew2e1g3zifmIIXRRuHvF9q57DDpiWUXtMfi7ddYOPC"
    "O/+XCbVsE8GuTIFlZBjBm/yXN0fHb46Ojt785c2Pbw69x3vDkEiSAqtJvJcBmi53+Mz9Ab"
    "/MJnfMtJ08jXmHI9fw1dTqbSn1tmKl221XuH0+dIPtVBjR1oPNWg9MJ0dNWlI/y8lz6O1/"
    "7uFWFqv0+1S2CiTItFFgU0aBoqTbdW0CjfPEtVK6a2Id5hsGnlUAvQp+eZEEGs3QahE0Wh"
    "0lZFAU2lwB+aT0zv/o9X7++fNnlPI6xKW+DYqlEu0E3CWXtYuZ0v8cR5Qw9ux/UU+hjUsS"
    "n3PQ7UD/ZAGGKHaRFUV3/ACgq4L+KkiQ0y1E7ByDzGsyEHt96jLTETfIqwjaFL7D0x6ang"
    "0P+bqcDwl/1QoHkmiCDbyBeuaUIynoRyJylXQrqaUe9q5dSnXb2JfJ3OG0lZViQoJGANik"
    "0JjelkFjeluMxvQ2LcbEXqeqPN4wLF6tGL1sHQd8/lDI5g9as9myZpM8IVJ7M+cONVnB5p"
    "w8WpKMvQPKbXE2vLLbeMXPV1cX2HMYqvj5PA1j9e3r527v1ZFYzdDI9rUjtD5Ho3aE7swR"
    "WiZIVhizNxPsGZrQG8LyZIomKh9PY1MDAz13oDffUMxSOyjWm1WDVhm92YvalirEOOKOhX"
    "omaFVe2m1qCpfIQiiktizHJabnkFwxZ0Ei3VIOeihuiioWqrQFUEyyjpvdDCvqscy5a3mG"
    "qokiVWWUgFtEgMC2lDrtSS1cuH/CSHrp5EXNHDdi9E1DM/GYoIaLepBIE7h07xyTPWBRDs"
    "NmIAMCv4NR/dDLhIuLMwynxl8s9HPsIhrykBgj7k7CeiMqKTRwRQe/k7gzh3qf0GmNPfWh"
    "SwKccGx4sIBE8k68SrJqmnB3uVQaH9AhjscN+szb0A44ihgL0hFO5nzmWMTBupfJKFS4uU"
    "4xEPxNZRV/OaUDQdKqrvfXSd7RhoAD8fplZ6IYyjYkaIR+uiwnaRtItsHWU8UsEKdpnBfp"
    "6E3ZcudL651nHEnB9pRk8nIYm4CmMYaBdUFsahI106OiCmvHgbMvT/ZK3F8qermy5cAMm6"
    "6UvK6kHAHiAByrgk7EqKF4oVKusmJTCRoh88g2yg8h0zLa/9e2/n9Zcg5PdDj1QSwYm95Y"
    "xdbN4Bf8gMXZmA+PLaUhZBeKXyZIL+hPkABlLeJxWdHMVA+D/YAI4pMJV5E0WCdOPSDKSs"
    "HDEcO0LDz/xaNFo1I2dBdTX/hHxPifVAEyUR1Pxe7J39Ei8zH3aJ+plrJMmQli2FiVi51A"
    "/1g1D8MJqRgU0Q4ZdRQ/6MS0HckJw/AmstQbMI3BkSTK4ynRS8pT8IMwHRZr2UJv1icYx3"
    "Youelenp1f/iyr2ooGoo4c3BzKGrnYWDhrRM02kGeHLjC7uJTan0GindggBFszbpc/DyKI"
    "OPW0so12gNRO7pGrtbIUmiBb65yoFxLnMyV/yPenggwUUawlAdWM6UkM7zLyz8di6edjRv"
    "ZR+2kl11NE0gi5fqsw6eqQrMLfGEnjRPj3pST490sE+PdZ+d0x2f1MmXLLMjlOs0MuP/Dd"
    "8Pm4TLhdcbBdpqbY0zCLnwMM9/fO+S1IdRXZHZC1ifrQZ2ffum0C//WZEhTbgcQortyKr7"
    "d99u3y10sBpas+9NmXzvkF4hzLv2kN4Bk2Iz8fU2S5phsSvXhVN4HFqGT2DDOXA/fEyDRq"
    "T+1QezQE14ubZYevB6eXINQ4lHWeY2WMqay/J+l01MymomZixrEnRs00L0ChlYqaSa7BOm"
    "UJ3AhzuvWPmedPKMu1uaebtJaZ3ZXRPdl6peW9M51SZv3ImbP4JALoHWrdU1c4vsemyt/m"
    "M3dIiWHIzpX1/JAYasiRT93QUiyuEXFNJZC6LhWItFkT/i4HD9LoVZSAsMzfzRxoHXKMeG"
    "OMEzDuTH84NvLM7h48uENjJGjFH/pcPoHMssVxzZkFxA6/18mydd9nW0vs1vU++Jo6H/Ha"
    "v45vZllfyPewfZNkjc3VnIg2zAo8TVFpzuaiipsVXSwRRQM9AFtJVhbHbCUvQEDQQA6/K8"
    "Pgd8X8fZdhr5B5qrA3JNgZMsSuUu3L1F87Lq6/dpypv7ZfljBtJmltBaZ867rkhVCeDor0"
    "SHW7tVqHdKKWpSK3ZAHVQKlSwu8PntTGDsk3sdbI3YK8Uvda5MHGcHOp271uqVChiQAcc+"
    "kUFr0HCqA7cajn5Ud+bXlMEQQlxEmh2YFa59n3jFoEXhwfA9Mx4n2gcN1Q4+OuFcTBi3Cw"
    "oTnzqIqhF4/awhgrnLbCyHMRxqVejrYCS8OCn7EgdIRkQzUU9VQVks6lxhlxAFrLiDWP+r"
    "6DYeySdm7aMkJuOKbDBz7zvVLhV8g1/Cv5lhOGFWsr5W8dhVVPbTaYyXU80AFtnWWpg6vr"
    "7qVwL6sPffbL1cVZm+D/fSaL6MoKur3uRbdzA1/VB7xyc3t1+iteER/67Pfe+W13cPXlS5"
    "uEH/usc/bXbze3bSL/ruOS3nx9V/VqVhDeIoo6T+i6ITLvykTIvCsOkHmXKW2s7RAb1JbV"
    "0VntKIgR6UjQNc1pWg9prB6i3bXaXVvnichz1wYPUNZfe3lFOqe351eXz+WxDdifo2HHZq"
    "ZYu44thBIgbkKTDfVLkNDvQMEEfVdooIGSCXqpbzsOuUNHqWMFKeGxnHDRi6GUUNBk/ZbK"
    "5I45W3PAhHc5OirbHQH2JjuG12A0Ap18wh9VKlEs71rmOAn4mxZhqCUTuUSstlTCvRY8mY"
    "t5RiqHPRiJjtArzOEhDkmnzwJIOTGuwqBD9dgzHZmIjjlTiElH0D+NKVWotPugR3vkjs/u"
    "x34CiU4+fgEMXZ8lcOhaYqAoP0ruwaKty+HnrgFTF+ED4oPkqOkxqJUkgJCYI8xHTySp57"
    "VphRp56bpIwevswFnVKsxfT40tfkHmOasPGvSj0fLqdlq2lpgpvIdZJVVWNt+MHvu87N+y"
    "Fhu8DqU5q9o30USwcRDCcIes4lbfrZy9L8B4GmlQIw0GV/YWaVBjq+uKdy9tApbYQDTQ40"
    "aAHqOSbNm9ZnO8fcGVA8rUvIvH/cWQbp6IFZnG12kI65OenzCwZH0+pWJZmsKmbdotT/nM"
    "tal7YXu5tsv47dYy++VQNhw4QctSiJrYGi2HilqkSZgIXOTQIAgHsywsGyGPTFGOMBYiI8"
    "obYkSLMBvaFjnCQolwccZ8G7EoBWU+qObORt5wgseLqVL4RA1nSeKGhP2swNoYRZOkvo3p"
    "kLOptabvOEmpfce18x3XJIZVHUM98WRFh1RP+hFWnlHljqdOcDTE/U7SV2VhuCYwjlpYsS"
    "hoFhTBHfPpDx5RK0m5wxi/49YiJEdnDuP53rUdjSuCWMMiTAjsLJEMhdNMueTa0Kk9xVRG"
    "jzxQOhXeMTw8g/pKlqrA5CPSID7IpfmIyIOn5ogevwudbMjpB/h5fRa4rj6JI1IkT6p6oj"
    "P2AOuOHRIjaD2YuU4ADG0Y/yPdjP/GiqXcDXMvob28MbDse9v3DHGwe0A2J7CaFn0mr2Op"
    "YtVv4LCcmAtgyCP9JHtqwyMtiLQCP/Xgrl5vZpOVZmrkqDgul+yzJNfn9YrTXPytwOqgfQ"
    "MdFydlmH1SzOyTTOIP/h3QSslrMRLN4hIsNh3b9PJwo/56c3VZkLwWkaQlJnvok/8lgQ62"
    "Z6xewlpkRkJMykCAp9G+U/IPdpCGAGd4WFWuDZakahyG4OazB4dCGKhegy1Jphm9ktEg79"
    "qYGDQQkk4Bpm4xwwvINeNXMt6bU+oHXKu6znOJNdNXMj2uJlThd5qucax+WyrD/u2SDPu3"
    "2Qz7hJJVRVjJEGqR5Qkii+0NzKEP23SOn2RFsEZEt8NYjedh/SaLQu5LvFHNzcU1sSPejO"
    "3pFH6rcmZ/ofQgLyU+26q1NDNetR8E3vmRoijlA8MociCQ5UUQdWwRhLO3MLd8zpn4KwqZ"
    "YSNDuSMQ5ywKBzCCMHUzWbCMO1ZQ6MzLdYTtbvg+4zMfZcxggGVJ5jGXSyy2+ymeMx2ljf"
    "d2Ao2mPWybDnvVIWvPGzOodvSSy1m1bhK/N7eU84J8ygFNTHNh5mplVz646p11e20i/mDZ"
    "gvNbrFlwvhYaxAYKFNRM7urNnKUSl7hfTtZyg6YlPLmp4rCqJqw5UTXHXIpiTp4rthyh8K"
    "XemR5FwU9IQkNYz+hwxVS+e84tj9xRh8+JMXIptHL5xFBItJbtidJnIE251J+5LOwDB5yb"
    "C4Iz0CIG/S69svL+HffHfQa3EW9oAoITx9q9yFUFOTQaUUxgNM6UVe+raGNgUTo6NcWLgg"
    "hIQz6ZmIVymBa36nMW7Zm4lZmGfUmICd7jCuyMk+gzP096Cna9KjJUnEZzNRdZNjgvKrA1"
    "SbQ7vr5982ZfdoD4SVuBs2my3fH2/f7wVokqVRw2MZId+mquQYzuXuzGY/O+XNm+JVX7NK"
    "qsjsh9Ho3uZuZKZedgiVoXNWqV0u28RPsSCl5IICzUQkMCxUyoX/+ypzJQVYDFGOqr0sF8"
    "Hl3xudESehWx2dCZWaAgvcpavV/nqYm7Hn61qpawoMcH1QisWot7CbgGJpxj69oZA9odih"
    "vnNxedy7OK4sbBX7t//dYm+H+fyR7aJNbT89ZD1ZHZWwwbTmzpFZicpmsis8vwupjVRZz2"
    "+Tp8llSay6u4rP1rDYiuuYZNhePvP/fp5CBHH0g2WKoLTIOmAztou1IPuBGIjHcLYgQxWC"
    "BSg4DMiG2JpG6HEiMMhTNEftod9ecUWhggC7g+3PPldYMyS357xadwX0I84g/O0QB2OXBu"
    "uEwYN6wAUHSgzF7I/MWx4quF1N2Hiq/hDf/cxXoId9Tz++zr2eD6HKsoTKzB1B4+9Nll93"
    "folc7XEVY3Xylhb0I990UF27dg5WD/2dtg5fAkqWr0TRDqeut1M/kmnFNSOqg6wzEyPb91"
    "nt89MQMe7ckZpANnNdZj3Sbi38FiWx/r8bRzc9o56z5XsYtQjy+CjUs2aJVT9MtDx2GRRx"
    "WS6Y9dKtHcvENyCt2r+hNhUQn8RyeeKIiIsZG2qIJIRrbr5UDDbaxnjAn9HcHhjLuFiFUF"
    "fV5gzhkGaDyGIQpHvJY1KPAyVpPw4rUssJIFyMhYKNKWZRwdE8ktc+EZBP/HEhdzUK3kiK"
    "KuY59Fj4XRqQ906pO7mS9Sc0TBisPIl0iGMow1+EXqdytqid1ju7JwRosY+CMGEW1I1GdB"
    "aKwOI637ztzaC2PENiZjr0wRasuoqDfHqDQcewW1GffSCvJ20HyXsZN7Im1r5WWj7IyfuB"
    "V4mibTjNWApS/GllITV+gNNd3h+Ja6uX7Q2N2lupEn2g38oOHqwoAT2/Mo6AdKljdkD3hl"
    "BMK+hXrAGGvGkd9BrPckfPXERMhqy8KSaRS0Ch/0jimsayqK5QnQUVnBXmK5SM0COsooTz"
    "sdvc+E+oJhkga8Oe5iINWZQ9uTn5CJxmtZ7p5xop7FlTUCh9inVexQhUNezARyXjtT90J/"
    "UVOW3c0LxbhVW3iztm/cktMYWmpjKRvVFLSvs895zXimLaDCqc2vguQWJ2mSzXlz6UPigK"
    "nA0YhA++drFCl2s2CcLSZF5uP47TICkifbV7AgdxxHQRrZLKrmYUoLLCKvhSn/FCbe8wni"
    "qIPcAhILn/nyDp+Lv2qepRn3lXHPndFgjvKN8ZrAkzs29XJyRnY7fp9lrL5IikVKQruvqH"
    "0ieqmrHfe5bId7Jgg9ms4sx3ZYjNEYEmhsxidgM2rj10aPem2jWWdlaxtNeSHks8mYONgy"
    "8oe6s1T0uIvalEhQla1b0gdbEBEuM0Rj4eCymNgdRUTFeFw4/o422jQce2L7uRmpWx0Pfd"
    "tntjd1zIWyzdheXuh7XeUIbU8pI0YIBmb4X84fHNDW2VBw8LlzeYlYbfJd6bPr3tXXq9vz"
    "q8s2CYNS6uEP9m0/zxu8xFATENR5Ata01ByVKip0tKSq0NFx1lgzuxtU5nKCqHE48selcO"
    "SPl+DIH2dx5O0JnMWDqQkjVGB0kqqBa3orvDadHNG5mMmquV7HZXjr2OyhauWJOE3juLyV"
    "qhM6JUunZO13bJlOyWqmCUOnZL2c+dWG3SefQTWx+J3yCVYz7tEpd3Mdj8kGrWX2P/oIDQ"
    "dDSTBwI4oS1kDZukVMn0xgsQoH4FRUVBa9CevchGK40yExhg73hDXbaCMYBFMloS06tBEk"
    "jsvkkJBUoIpLzyEOkmcc3PXwBZAVggLvy6ZwQ0da7YVl0KWml7cfFqs+EUXjFJ+tqJcav/"
    "VFSBbh3lp5luOEWnqs9RwrCaHqkZWka1I04I5LNwXSReUZSBGuNQU1e7FqgQEQk/ySk1EZ"
    "A6CLMvhp1N2evQ9lgQCSW0E+EEDeit8Ah795tIyAVrNlXpaxqTc8wdke7Py989Pb58JYEG"
    "v7IEdHlTdaK3XTksooI6L1ITn3MYxjOrtz7GE2NoTHo0hEI29MLeMTsQUZfwS1TxKFcSO5"
    "JbW2OpwoxBU5C0UZLVV4y/jLhFq2aWDZUoylFfemjonYCvR72ZDXPw/ijyOMv6GdVgOr11"
    "Nb1cET2w6ewPcpy+BbeK3yGRy0bwR/l+kq3T9uE2pKJsw4VFUuri5/DpqnY4/3OYJin40w"
    "On5ii3FAqWO0mi86QaqxTir4o33zgXqB1yInkW4p57PEOhRgD0MB9ukE3TdrXy1iAfQEbz"
    "EYwKZziS+RnePieIAEkQ5LS2+N2t31Mt4dHUijMyT1W7PZDMmMXyVPqleUX37tUccsCI9u"
    "tk/l31u31Qc8KzLZx3haMqqspAU/CL46JIZl31PPN8jYBO1YYjygdVsgbSFuxND0qAjvmo"
    "9BTyHe1BxSYVN/oHTqEVOFfUnTOi5kYDVcFX34c3tI88LJdjm8sPBLt40UqBJ4FqJgkrzr"
    "HZKOiEULOwW99lEAjCnsDFCrFl74aKrRq8tvFxevW3JIfFL5k4rD2EJXy0x5yiRBJpQt1h"
    "IG9mfeATT4M/jcCnxRSkrUvoR6+hLgofxc13WxsTtGou3da9i71fuU4XixITaiaJwt9v27"
    "EqbY9++KK8W/yyS+hhvQOnneEfUOWX3zy9XvlxX5LYnaRPzps173+qp32z1rk+BTn/1yfn"
    "bWhSbyL7b5evWbbCI+pE++Uu62jaeCJ46J8opUmkzbILJhYjqoWQc11/BQ3Qd9VZslXtw0"
    "S021qjoSp9IxzWvHNKOyWZn3MSIdy7yhWOZQqd9EJPMeLv+ykbbx974gzDa9vjfA1WZHL8"
    "fe58qRy2mF4olG40zebEOW8VatxlcInXeQYy6WN1rL7MQCds8raSCeSAspFk6Yc/aJGIbP"
    "fdMh/5+o9TaQX34klu0J/VBd+D/EG9vTKbBtMKIU7k85smsAy84SYdSiGdpfmQ8s87KW4d"
    "2M22eGD7rLyKV0YE6kTTiw6v7WuRVWXOPR9MObfITXW2iEHo4xDBznRYEfonH4H/wOHlVw"
    "+Ec6GtGh7xkwHMwR8Tl012cS9BD6MYMifeGItiz99yMxpEUZXlAjHGPE0R59j4DOQQA8Fu"
    "Yz8QbubOSBLtowgkJVhP4c+1HVGgwM1MjivyA+ne1R73Bi/cf0J0RkhAGHJmj4fA4vnhhR"
    "pGXDJVm2UJjHRa9zEzozLSqs7C1CJ1N/ET4+Z/RQ9WSzwRh4l99XnxFyN1tAd2PTknnhon"
    "eYtZaI8Cf2KDUm/tJwXMkneGhxH9gkSn4MqBoPf7AodzjiMxdt8HChrTLPJeY3uVtg/xP1"
    "0x0bzxdG/Tl3H8JHVt9xpoImqtKIQV4Z6Lfg7HDs+9ND1dIzFC/DJRjCZqsu1fcANDtop8"
    "C8c1g9de0htfBxpeODe5gb789cJi7Q77KSIjIUlzsSS8YisYDv/BQtHvnaSw4qnE71QJ58"
    "bgf6msF2Ez5vcCF4YNHDD7icPA8uKzKxJOH9e6As8YthL8QClLDsXfoId+XaJaKhIh1zOD"
    "Podx+mjqrFAhsnLKSh/DF4X/yWoI16C6bmQiAGzJjk1OKTLKE5hk0POo+BEwi3D4wEFAPx"
    "lkaTgcDVkukG/T61YWZFKgiuScWeaDLu6D28WfBT5qbtq4ewqMCLOiS3wZOK6jBYV9MSMy"
    "KXqlzg2JU5FFsVNpM5uARWo7PA1TSmwwd4hQ7hVH6EKfcOVefhmpoxl5ow27CFDzwbflb4"
    "O0QBT4JKrfwx13CKYiVSGMsRVXPg4YnpPcBw5p3Ef1dJMNZM/bzSCSyRyTbimPRFhRsW3o"
    "yZXMTNxHua9mIFN8U5Jq64dGhP8YVLNqBY7Sev++QLnO4/vh/F72kvWS29ZGK2B4xXMabG"
    "aepbRXTdrJtlPA7dAB+K3QAf0rbUxLtafp0nyLQRYF3zyx46za67l2fnlz9XdZspsjZRH/"
    "qs83vn/BY+Dc6611c357dtkr7SZ9ed8zMggf8RVbl73enJPoKPfXbzy/n1tbgYfOqzs+7F"
    "+W/dHrrcwo99dnp1+eW89xWvhh/7rPvH9bloqT5Au87laffiQrQLPqIT7/Zb71J68eQnpI"
    "W36vJnSa0+ruPcK5VKtySTLptIFwhrVTbOOM0O19MD35EnqgyPi1mc5nBCUql6PMXoGhHK"
    "keT0SZnlfFK8nE8yyzkjM1bldkjYQHZvfvfIqNJrszwg3hbbM5LYjtzaZaJnioNnMrEzGa"
    "2mKrNDwiau75My3IZWxSv8JMPxpBGnCsuzlI0L2nh3UmZ5nxSv75MCdse08orsjlFqdq9k"
    "d2Q0qcDpBFED95HNiyUhx6oLJjmkDWT55kWTf9nTIbcqsTpG0kAWl9k7ireOzM6xxoH4LC"
    "fhDpfwNgBBJMvg2f2KAl+WsnHH4VY4PqGTSlbkoH3juHtSirsnS7h7kgPCEnrhszwudpUk"
    "iJoUw7exUPJkQEMF3mYJdZx+xvYeCw6pwNo0mV64y3hbPVM/j7RBDqaNsTgWzFSBuykqvS"
    "tkcK0q7rT6AFvKzWQ8XRW+Zin1Yk2zNwpGrMDZJJHeWnNQhML4x0qWygRV4xSHj2X0ho/F"
    "asPHbBpfKhirEqNjdJrVK1mdE5ZZYccooNZASumNIxYImeHuCty+BKXOWKx1xmIYP1x1lh"
    "OEutpOnec4EY2eneel8LYZWo0sXAHeNhPdXvUty+1Av211ftumpr1Onn+MTM9vnedX7ITr"
    "wRnr6nR7McMak+VFTPN+YbLsMlFn32c5g01RJudfZTXnyMcVcv5FlnpX9LS/b3c24z+Dcb"
    "MRNjUM3iOZtWIzugkmXdhsj8+J5TwK3aMun2+CVzeqvx5sBQ1lmUoQfyK3rmUvTWUS4/5G"
    "3r1L6KepPMJ3bwMr6UZ10yQ2bR3epuMOx/YjPShCuQnut1aD3QzMWNuVoDewMXqIeaEQMy"
    "TuhgSCUMANDkdw8XuehTSvSKtRF7aMulDmDdOwCxp2QcMuNHHBa9gFDbugYRc07MJuOb2z"
    "Q0rDLux5bqOGXVjFcw27oGEXNOxC4frWsAsadqF2+4iGXWiAaKJhFzTsgoZd0LALGnZh7V"
    "NQwy7sTf6fhl3QsAt7uXA17IKGXdjPXUHDLmjYhb1ZrBp2QcMu7C8WgIZd0LAL5fiuYRd0"
    "7lmNcs807ELz51jDLlSaXw27oN82Dbug51fDLrzQGdawCy9imjXsQlNnuQLswtZzLBUGQ1"
    "GKZQTRsCLDckCjlivzK7E8tWxPuCyNDSvLF2mTJkFEgEMs2O36Xljkei6rpqOwKdqSVwbW"
    "RodVEpXMVsAUh1PgDrWM1y1iSOOrcZBaVjt/gD6DPmyXeLMJXJw6Jtbvxm4lyQ8eEdW+sT"
    "Y8ULB7uCfSRmNl1w/7rM86LCgOb0OLmU8C77Mn6sFLlxMZmx5hnCBaQJvgz5I/znRhvH/O"
    "THijsLF8ot86t2TEHQezVkXBclH3HTjwg1eUn/qnAG0I8v7wt8i0zljO6s6zPHVt7TJJnr"
    "F5K52qFJvqJoacbTpqUr4PGQbfTEzHKXYVB0RN8my+Pf7wPlzd+GXZer752rm4yBooHuwi"
    "f8XqlM2Ats7L9uDs/Ob06tvlbZsEnzD78urr1e351SVmX6qPmFP57Rovyb/Q6grYdQNNxN"
    "8+u+380SbwX/qsK/MaHL0vk+ucFpNiuc7vM2GXVV2lz+F73iM/qRBGsuy8pd+LtpSAoM7L"
    "fyMSf/eP24SwHyzLV187f7xOCPwXV5c/B81jy/j04upzXpZY5Uz9OFWTVvEOpJaMSpSai+"
    "xEfOEute/Zr3SROQaWQBXt4SQU4e/AZdechzJ2YvXBr4ffTKXdvwdKau/8FNj87HrmKkSf"
    "ZKtWWa3zCeg+qocnYPyU7WFPNKkyb4RWpWp8QjR1LrQaq9VYrcbWctlqNVarsVqNrYcaWy"
    "vnkkCuLhT2A1zrlUJ+2LCUZ2nMp8KRo3wlLfgj/CXEUFKAEfl52kQiu1GvRaBjDq1danro"
    "h0EXCfpJc51HGx4DfTuGuCccTtCtbcFvtv3FDx55oAvs3iT4MgQ+IW/h+XRySAzh/qFAhy"
    "z2Yu4bou7AJdMnE/4ICsndghjCGWS0iD3qMw4/xbKtkkik2qtTS1VkX8ThnSW1b1oYRr/o"
    "YBl+ZD6TU2Sa0SsZ7fM12JwgaoSYsG02q4OhCpNjJI1bx0dl8CqPigErjzKIleKIraA1hO"
    "113mVaYxBCUZWVGhI0cCt4V2YreFe8FbzLwdVCQbQKfyOKxm0EW4HDcek/RU5fnoy8jMtx"
    "qsZx+n0ZnMn3xTCT77Mokzoouqnhstoxrx3zdZyEhjjm0bi20i8fb9QqabF7klceO3iSU7"
    "5UBzW0eWn/eymjV30PgqbOhTY4aoNj0xitDY7a4KgNjtrgqA2O2uCoDY7a4KgNjtrgWK/8"
    "/At6bzo9OgTN9aDIOhNv01ptnHGw+cCN2q+0zdyOKZlSF7Zh0yGPpgM7hbC0MBqEPz3QqU"
    "9MFX5kzgluJ4iyRwQGGzEeKJ1KPDYjSD5nRFrCrKwpZ8vjYbSVGMKljzafeUDtwCFDydy1"
    "fehjTF36CUjszB0jxmrZ8ZBPbbjxyhjyyYSzQ8lW73DE3QnwWrDeM17X1dqkI6x0ceR1NJ"
    "iNF0eemguHmzmr/K83V5dFscEhSfoQtYc++V/i2N4+OneWsBaZkTg5M1HC6YDg1JGIHaST"
    "XaO9sqokk6TUQEN1E2S0vPoiprlW8qrNit2I4mYZCTVot1Iy7RCPmVNvzH3yCif6L1OXT2"
    "yPeocT6z+mP71ui7D4FuFTCa6EIEkugjURRh/RKTg22b1Ae3K5NRui/ivlOuPRdG2TqQsu"
    "JYz7GTl1p6P32Uh61jEhwBNC7I/EEAjtClBKQVWJb0GeAN4XCQEyDUAIteLrHKTniWlRif"
    "r0yvgdhgPZWHb1uiUmN4SZMkU/h2LEsOCRB7IPVc+rip0El1waT0QQSTwJMCu4GHQTA65q"
    "EZsh0JYcJyqeEP6yWH/p7n7r3H6Szyw1ALz3D35HDEO0+FFhcxkG/JIJPB0PczdEokafkU"
    "jWVz/aVj94iOELjkMto0UMUTNHfoTFa8Msyi8u9Wcuk5/pdzmxMHfyJ4bgYsY/Z6ZI68Bm"
    "NhvIrgUP8QnwkuzIiBDA+BRUl6Fj2hNUM0KwMeSFdyiTOV4fki84i9ed8zMENDOkf8LIIH"
    "tN5C/CHzG4W4R8/RUWFrDDMheYITIf28NxqFnNTYQUs33ioUP9VX82/PjmHfz/4ac38P+b"
    "4VF/Zg4/wOe7Dz99hP+HP50QbHQ0PDrBvx/evBbZMdgfDmDCbkctnGkTFTJzcSh+ueIrHD"
    "LiqeaoryHJyHY9H2cc+CTWLJYiAHr+iGpgNAeCMKRyTEkEq8t1oYElfzeCgk9A9+KWGkS8"
    "EZTczRbibeS4xQhVUdzyqO/DtMcw2MjvIsdH1oKWY8rlL9FxDeST5Cn+qGBtCg0W5gXeyg"
    "lwWuQDjUbQPQZIiEUNS39iOw5sEsF7MmnhVAi4OXnBo2o1cgY8mUSsEq/8DHrCtavumrjf"
    "HJJzn1gcdxvYoEA/pdglrBfqjMgdxd2EGAJAO06ltOaSCuufBxEvDuDenweRayx9J9jkgh"
    "KhmfsKYlh8gRMJjjjg/n2873CRyO/x2ZdX4tyJaGCtS2AFrVvXTreuQzBBjTTrzTtfI1Gi"
    "2jJP0ulomXWjZSLZrhr/k3Sa/0/lf9Vi1mk67d4t4d71HmZVeKyaN5C1m3c4ir8VeBu0by"
    "Bzj0qdkkdLjsmjvCAlp1rgR0jQQA5vYWew/1Vp+QbtNXNLMNeemPd0MDWh+wosTlJti9EZ"
    "CWOfg2u4a9/bbCCseFlWL4k7T5I1KQlpY5F3aMuqzNkkkeZrDl8Dm2MFrsZJNE+L6tYWgO"
    "QtU+qSdA2qCPwcKShVC4gnifS6zuFr0rlTgbdZQh1anrFExJxkFVibJtOMTTMWK9gLduQK"
    "v6sxNuP0Owx9vu380fl80a0oDgdkAiYTPwjQzMGXXldeEp/SrupSWnUppXqJTp1jeg5cuB"
    "WWe5KoQUfkxpb7spS11Yv9WRIEr7uXZ+eXP1dd6oqsTdSHPuv83jm/hU+Ds+711c35bZuk"
    "r/QZusHbwhmOKLTd605P9hF87LObX86vr8XF4FOfnXUvzn/r9rpAGn5EvNrLL+e9r3g1/N"
    "hn3T+uz0VL9QHadS5PuxcXol3wsc963dtvvUu8GHxCWnhdLn+W1OrjOq/rFkCfXT6cuXSC"
    "uftPW2P5Pe1wvV2q8Koqiw1p2gT/z5/2tfbUjUMSCx84PMATZyinmz2anl63c/Y3fKngT/"
    "m3uR4TKEJ5njh76T72ZurW2ujKuFKOi10px9ncrSCiq4JYkqDRInhGJpGhORUYGqPQ7Mzo"
    "4UFkUxUVPE6jWZpmaRChWYGjcRLN0DRDwzDXChxN0GiWplkahgRXYGmCRrM0h6XyNa7G0o"
    "hGs7TgcFoMTB8Gvpv5axve8nvaqTTb+9q5qC7PIhVKtPi3z26vzjqgjog/ffbL1TVIu/g/"
    "Kio33d5v0gAgP9VDCRnzKR3k4XBgKlj+SxEjWZYDtn/muSW8xZSuHEEX48krcC5G8pI5J7"
    "I9BssAYEptGIk+1toqdsPFg+ve1dm309uBtDt2RRms+IU+O/12c3v1tdsb9Lr/9a17c9sm"
    "6StBm8Hnb+cXZ8F9+S3aXQZn5zfXndvTX6JtJrzUZ1e/dXs33c5A2UFgo0pf6bPu7WmbwH"
    "/1METKWfbp9xy/QXE4U5KqcRA2W4lnEjyj1rL07yXMjhO+5J0tyiursl6TVA1cr5veFmIJ"
    "Y7krtTiFPUm5gRT2/Vmue5HBnnyZ7HWmOEam57fO85vO7Kw4zznker7rPN+xpN2KU52k1L"
    "Nc51lOpGJXnOc0rZ7pOs90IsW+4kynafVM13mmC7Ahqk76km70/Nd5/utbY6OhGQ4ZIC9d"
    "bGmnxZaSQquIXhToPDkvgKL/8muPOmJTK2b5jeorQD9rCOf/vRMsuVWVqeJtWuWQ5Z5Sl0"
    "pCp61flqoUvYZdynXK6wJauoDWPs+FxrzSmFcvZIFrzKt68F9jXmnMK4151QjmasyrPdwZ"
    "NOaVxrza+xgxjXmlMa/2ja8a80pjXjVNqdOYVxrzau9yxTTmlca80phXq5a7xrxatdw15p"
    "XGvNKYVxrzSmNeacyrPZu6tTY6jXm1BzKJxrzSmFe1ZqnGvNKYV3Vnqca80phX9WepxrzS"
    "mFcvFt9EY15pzCuNeaUxr5oRz6Qxrzaxs2nMK415VdfluneZ9hrzqtnzqzGvXtZ8a8yrlz"
    "DLGvPqpcy0xrx6KTOtMa9e3vxnYJeKEYK2jnlzQ6ema6oZyIe8iTVprUa88ZKtV+Ld3I4p"
    "cSmsK88nI+4Szij+nVCXTOjkjrqHxLA4ouj4BrE94lEf2gwpYdiSj4gPHciWP3gS5MYj+D"
    "p4xCRT+MKZ6ZBH05nRLFjOLgfvsz7D8aYufbT5zIOBHWp6lMxd26dABqfzJ+jQztwxOjDc"
    "YmJ7gq0GMZlFhnxqw61XxpBPJpwdunQIw3uH8ukHYlI843VJfJ9C0Bz52yrjKiTINITOhi"
    "B01EpdSypI027gVKhbns6+HwsJUV9uOpWl/IhsJ8f+Lt/BfZ/eWp36KjK5J56v4NiPtSlz"
    "7gfBzq5qv/Lkv4IjFGQFPzhHgx7IiMJBaMj8FHHs3lGHz8kbcUSbjHS/fOme3sJB7CwOCR"
    "6psimcuZZFZlPic9GfeC44lqG77Mm/y8Hx5P+RGO7MoQPQwT1xiEPP2E59zzwGNvY+icmT"
    "komULaCZGYkHNrziMz/owzsUwyjkrnAEAQHoj00fKOFpUCwhmNGN94dj04VVgiO0CMwrJX"
    "Qy9RfAgAgZyRC9qO/yAZSTlcBUyzGxPy8ckc3w9MemcOiA/IN89ojNyHxsD8eiiWQamZgL"
    "cs8JruwiSeXPJAacSOv9e1nxZVuYf2rf0/LKUnmlIHf7ZmI6TnEm5pMSt+smk6iJeHv84X"
    "3IevyyjNk3XzsXF9mIsAf4Cfmuz9UhHQFtnYFeDj53brptgv9jSpnYYcJ4jj67+SZ8lj9D"
    "k/Bjn8nduK125fQuXyru67gUzNESlKO0CzW+z2cnrDgQOkWmszLrCWTZaPf/MwIp1nPp7h"
    "hzQwhSFTaNsP3uTsujPdkrKifFPzEhvqaixwsHgFhDDtkf7If6Ymo3dKvO2HB0wYydFszY"
    "pWFsVSWInKatamaypxSGiPfzlAIRlfrZF/OM9ieVss/U9/ho6lxo25i2jWnbmLaNHWjbmL"
    "aN7f3S1bYxbRvba9FD28aaZRurSYjNmQ08o1OY6cVBjvUgfru1zGJgpRqWiqgZwYwD31vE"
    "87kLCrwIV8WYj1co6LaIS0fUpXDxdVtEYtiWjOlQ2GsixLRFpuYCgSUJdwk8xXTmw2gY/4"
    "LkM2apEI/8sJqdPgHG1hiqrQhWUTEoaM5AI8fMDXpqEcyAEX1Isws8iscJ4xj9gjY68kAX"
    "KuJmjsG4Mu5FPQZ0y7iP/WGYTTw+CONaODskhks97kC3g7tF+Bi2RQXIP/YdxPjIuGA0tp"
    "CAhNjweLKDmYzxFcFAPr7w2AjezWIDTKDAhHx9fgOMjo8pY39pvNba/eO227tEFJ/gU599"
    "PQcdXsBoBJ/67LLbPbsZdE5Pr75dgsKa+IoIHF++XZ4NvnTOLyTIT+xrn327/PXy6vfLwX"
    "Xnb1+7SJ260GeI0vHtFg4o9WGt82nj6EDR21pBYUsQ1Xnq11TaNl/RLToaKiptCbotKW1N"
    "3fJWKxrLWP8cusaWYeF2zHWL+mZeDuEyXJ+AooGGoC1g+oBcbq6XiJOk1Gk4tcvTSB7SSq"
    "RfJ+EqQaqzcPdinvNAB5eJYwmyxm2dmy+iGam4lfkcUjWOzRs7oWpi/7qWsvNBju0ruNVa"
    "ZveaxhqttHl1hKlnYrsux/woFplsTJ9cc9e/YvSQdIIkLZcKa03GcLVeNyqzK2V/QiNRiw"
    "wxmIaRO4rmpYQtaQ5rDs1TU8q8Q2KIanmDmEUpnj8mbrb6jEA7WDMjl9KoKTyJyGELEsF+"
    "69zKfCyV1xXvVP0G6NJQ1qtD0bdhtKTNSwBGBM1gXAetUpj/HlSdSz2hGFnmleHjDWHZkC"
    "GfTE22QCPb3HQc6pN78xEmzZDIYaqDJPXcxF9hWy3yRj0D3GeHAWMVfF84rPwacNdmKm2O"
    "T4NRkBlyDJzFGQYxqVaS77Jn/H1BVn+cNbMpnshWxzeMML9fLAroRtjjDsm5H2TjSZx1T/"
    "AfxsDxPAqvuiXHUHZLLzWIY3sijy64jY+Hdsq5SOAXlB71fYd6gyDWJrksJN8EUkCwpPCX"
    "iyeDa3KLa+PCnXAcKraYVceYyCi6ksOZQznD1ixEOsDBLGpaInsQExAtCoeuLfL4fE5M8m"
    "i7Pib3KdoWoY84H6MgW/DRxieFRYDhZiZxgHUCX0GOyOh3f+BSkIWt+IgoCQVsxyYEG8Te"
    "wLawFDP4iSOb2d4YJiW0E4sbFHZzS/60lrqErxkuUPWg2Bv+jODHSavyCJ8uMEELW654NM"
    "+nU4MM5UsvzMpw1VPNo/kQowYzJ+AvaPiz5rCYY2bfAA4CbqCJ2aUTDgJEOwYkQRw6EmZv"
    "OZ6PBmTOkNyGdS+HKrAFa7NvfbTxJWmRS0xSS5FMiw1Sa8pAzzsZWxY1VwHGlqiw9kzgsW"
    "tY2k87PVEVr4fF7zo3f0Prd5sEn/rstte5vPnS7bVJ8KnPvl59PkdXrvzbZ7+d926/dS4i"
    "O3zqAlB0LvF71FnqwjqW9S3E6QRSwPrzHuugzujn9Zj1Pvv5/Mvt4LTbuz3/cn7aQVdL+o"
    "qo9vdb9/K8e3naHdzcXiFWe+YStOr97fr2Cm6Jv312dfsLjij+1GN1xaX1CgE0aTIdRlMQ"
    "RhPTcKqwN0vZGOfBS65pK6pPVrTCHCQrVwZ+48BhDDvjIKp5G33JbIWD85ubb0iZfz1VA7"
    "cDex20idWozVzKr2C71ra28XKNcnYHqnLYOkDCeR1oq3edrd7KBlJ1pmNken7rPL+P1LXs"
    "YUF9l9Ubfoy8viZ3Vfe2z+D+rdhY1Yf8SKMLIZ1eCIn07Nv1hRJXw4/rbMabz5JJm/+qWW"
    "vyqDcSwPJibDexLdI1mWcOBaJyNXtNlrK+L1F9orXuB4HpuJJtLEnWOEZvwTh2P/C/V7VA"
    "xmgax+KjUj7YoyU+2KNslJBLhxQebDBzKwVjpcgax+uTUrw+WcLrk5yIrITLs9qJmaXVWX"
    "prxx4m3cXVJiKHuDFmnF0DDEQe92pzkCLU/F+P/yqbad0dKYdaz8R6MzEybWfmVsqziJE0"
    "7vTdTo1TFcuSZfJfb64uCzf7kCZtSLKHPvlfESmzf+fuEu4iMxLWo4Cpr752/kjz+/Ti6n"
    "PaLIQdfE7nWKjonTuTPVRZ5Gm6xq30zatNActk8uk6zI4oNbtLsxsr6qzH7oiycew+KadE"
    "LdGhithte95szbqhOR1oH0GdfQTJ0M91Jzyi1rNd59nWdZ+bPb/JsOqq05yl1kWkajzZsR"
    "j17EwvB5JMkTbGsrAJLMl4BH/VNyhNq3fLOr9AOon7RUyzSulaY5qTlLuZZn0arjfL9QWz"
    "bqjTL5NsrGsh1LcWQgJ3apYHO/ZZEV4xesvhvx51wire+bPTC3vaSxEmMzv/Xi/NfUmdiF"
    "SLVomk9/VqQoSZ5esUgihLXMOE0zJ7wYuJWtQZp8/srqivCNLUJa+zfXW2r8721dm+OttX"
    "Z/s2xISts30rbos621dn+2oD6WoDqc72bfb86mxfne2rs311tu8GJ0Fn+z4Ho3W2r872bR"
    "CvdbZvg09Mne1bj3nQ2b4621fPBF7R2b4627cmJiSd7bvfapPO9tXZvnVht872reEGv3c+"
    "Ap3t+5JmW2f7Nnt+dbbvC5psne2rs331bqmzffU062zflznLmYTTDeVGrpf2d0HvTadHh9"
    "xNproVt2qVSf9zkADEspBiZQ7gbU5tST6KV/1skQc69YkpS1g65py49J8zG6ZDFVw1Hiid"
    "DsRng5jMEhVYiUxHtbKJg1sfEcvqikFc+mjzmQfUDjU9SuaujQVTxyDQfJIFUFN3jBjDZc"
    "dDPrXhxitjyCcTzg4la73DEXcn1B2ICfCM13XNcNQlNXWCY20stMAwh5s5PC52+8RInuT1"
    "2SORaStun2i/rCrWJCm1WFM3sUbrKC9imuslvd5I04WcgyLhNdaolOzqJduXklxRLqSeL0"
    "rMc1lqHsQyVQr9kBgWXAxKqXsUi9kPKZaadxfxyu9R9fQfPIlg4UkCZaDJl2F3NPYTpNkO"
    "42wxsT3B1J3Ks/IXVc5GSJBp/I4Nibdqoa51MKRp9dFQu6MhEVol95yqsxwj016cmk1vTU"
    "5+BdeVc9xHQF7FZ3wEG7b6XO8wgkyYwKk1JJIQD0oTEaac0EYEB6z6JA5YudhaxOPQMDhe"
    "4TrjvuqDWsSf20OaPcy3PWBwgss4XbhrepzBiW365Jq7/hXIDp7P0bpFmQWnPyOG7AHWgf"
    "GJ3C2IDaLCzFUdSGA1Is77Ib9ntgdSAjFsi06m3KdsuBg80IXRZ6IFo3N4EM6cBTFHPsgn"
    "Jvxa5s3hk3gCP3owDGSlVgukEPjllMVuiTeb3JkOfiNj0yMqdftT+AtcOnXMhddn4qdYag"
    "xPSEdvyRgeUAYnC+bBT5yD8FFOyPjzYM7dh0EEKWA+woPiE+GW9XdtU6ul0JGas3VyilNd"
    "7DAoT6E8HFSboYMIKSJAiTgTCcf4P3zuds7gM/yf3oFK5Zy9L5Nylj6cYhln7zMRfPHXqK"
    "LAkKbVYmHt5Ib4VAu1EPbYB8qqWLhTZI2Lij0u804dF79Tx9l3yvfhFPZztrzCYydO0pjY"
    "mo3BEDmm5w+o6/JKEd1Jquat261k5eyH6qjPgDXPAGXJqejkTFI17k3aPCpFqLlV43KMqH"
    "Ge5M0fs1KFXleviKhrDdO6v5BE6yQxNxPtcsfZy3sJ2vhf3+BsU9CGlYAbFSGCN6qPiOyF"
    "sLT4f58pLXzQuR1c965+Oz9DdNici0D17fS02z0TiGDBxywY5CVcv4mwbxNf13nxNo83m7"
    "IBVjmCckjrvDvWJqgpbpOtKFvlkG4EQLpGR//m5Ssd41LI+iZpK8tCMpcD0iwJytQhBJUq"
    "MhU7GuMJUMzKETiCckBffi1bCKgjzWD7+9rlFwQqqqOk1mmWc0EBpYyols+866ifvVrWRU"
    "xrpWpcJd/nMlWuNuDlXlKTKdmgtdrnvV5FJuWFXqsgU0na/XO81n5Ra8+r9rxqz6uWY7Xn"
    "ddU7pT2v2vO6l+tWe171GaA9r7W0DGrP6w6OWW2Xe1YHn3Z8a8f3s0xKzd8L7fjWjm/t+N"
    "aO79pIXtrxrZXF/UzxDByxxc6vyFO72vkVa7vS+YVphGGOpMRWQMgC2/dUNuEh6QhhCb67"
    "VGQQEoPP/CGfUJFWiEMtyHxsO5TM2AOwmGXdZFsbRcN/1VpYLHaYaeFh98UatKL0rJWmBE"
    "8qcT9FqKdg7SlQZ0mVbSZG0jhD8Mcym8vH4s3lY2Zz8dDQuA4ed0imZeTayciJ00PIaetV"
    "nUmSasdZnedZKRFVpeMEmT6onhYEnJ6N7FR84S6179mvdFEyZjUCDNqzaSgbtJpYgGViVp"
    "9HxV8d5pps1yqv8D8l6jXo4ynRr6X7qKHSrl2fpbT2Oh8OTZ0NbTPRNpOXIQdpm0mtpkDb"
    "TLTNROvS2mai5zlvnmviP75CLeuS+7kaZXSztUyNFJoa/Di/pOrYQcBdKqFsBcit55sj1A"
    "JN65D8v/au9bltG4n/Kxh/aTrjamp7kmaUT3KspL7YcmrZbW9ONyItwRHPFKghKbuau/7v"
    "twvw/ZABmZIhBl9sPbAgtIvHPn67wMeJKC4wECvbMiy/H9euxZK0k9DzeVAXa92CMsrr/j"
    "ICKioLnXBVUSt4+8/T0CQ1cWQZi5RLV0VFSQiM/SNh/9x5UyU7M27fQuYe/SyVh4TN6tHL"
    "P5czkQzGrLU6Qs6a4oes6mGRpTKmbFNRFc7VBoIqV3E/eyYE2ZhKdvZpFVJJFNs14ZRSG0"
    "kdeLMwSkq/WQhFgV5DXdWET6SUVX3PgLbKwhgKxlAwhoIxFDQ3FDRxJg5nzoJXtqtQp5Lv"
    "1qpRQbaVVPLJAtQt6kY+OX7URZdh2SEJvDnFjYJMbN93QA96cmDqLtELWHGl2It6w/vCfi"
    "IWW+JlmNxb6C39gGepLJZ3rjPpEGsCHzk09SVO4PeLS8uib8gbCxmwgAFZPx7GSSvwFGIh"
    "Jx7gc7xeDG/68tGfSUeMkDlocd40vsbsK+wA/YsOHwwP9Nytir5L0A9JwG8+C6N2E5sxvr"
    "yTpriO45tOsTwMwTbCgzrB6DQ6Su9W0a/gY/8hQGVz8vCBT4ouXn/2ZIsxRf2TFY0eCGIH"
    "BdlPH8mvLgMKZOwj9o18yzTDH8GHba8CkIPoxZkvPB+rEySjDmaUhmKU0eP577xbxbyMr3"
    "2Foc/gEaKfkLpubiCiK2+xAInMqO1zBRs6XDKXBiBTwQwMVAbk3vGDUPxmcVmseHpApnTi"
    "TLkDOfTc3A9FoYkbZIMA1hEfpx08AINgeGJIsD2F8Q2e1eMKbGea/NIpvEZGC/ZJVwqMJM"
    "cXYDq9DqDdv8ofYL4139ozhwH/ovg+EYu55k1TM0JsUiraVkrRunIrR+9ldK339ZrW+1Jp"
    "KMenk7h8bpnDz5c2yHWwQxzE1e2NIhQCSboE/ozY+aBLzgfFQ1XKmJCxJepNiSL7xXm4Ke"
    "9T6l0W0OSHtirvBVU3OvJH7Oz8uv8RxCH+j9hvt+cfv3QJ/zdiv58Pz+FL/m/EBrzS5iBS"
    "QZWhLDJIlnogS8kwSc8h2Q0pQ9I6oFDzlTayh7kCkwtkrWP0iQyjT+oZfVJGZMVK0iZbT0"
    "K804I2vbN/qm48nAgL2cA/3PjHN9e9Ad9d0tcj1ru56YMhO44L0+Tfj9gf11eDz+PB7eUp"
    "VrrJvsPivxfnv/ev+7wCcPRyxC6uhvAM/Dti1/2b2+tB/2x8cwXjHPBqOeXPRuxjbwCbIx"
    "9A8nKTLa/5RRlZZyoLMkPSQr/XFsrdGI9XWz1eWTEvF9MNxZyn3I2YX+HGhlZIOfVSqUo5"
    "T2mgsDpLOesaVJVzkdZIej8kXacESXhKCn00UpFuOzI+GIL+2SX4d8SAd58+wRv8B5rycH"
    "h7yVVk8UIDk5zRv8LxwuOOcdVlWKTdyTI0p+qGd7aBnFTuX0jam8sXigiRKI6kulwyZGal"
    "aLxSojCesnhTMqOP6CzfbMxV2V1QoDWS1lnSaYS6Uu2sCUFniVrnCm/+0gl9saomX8HkK2"
    "whXyFlN32krOpSM5ULdmO4XP9xw5tiNWV5bo9wHUYb4tMFdNVWNqH/siE2DaGrNrFpF2jW"
    "NTlCxSaHMtjWzRKEYurN0oOkqb9P3KD+mDUDHNRACFsGDuqrMrd1qhvQpgFtGtCmAW0a0O"
    "beMNqANg1o04A2DWjTgDb3OwhjQJvfg5QNaPN7kLIBbX5/kjagTQPaNFA0A9o0oE2zUvRd"
    "KQa02W75GtDm9yJpA9rcEmhTs9pxAvC2BmuTIOIkkDb0UamW3MxbiHpscQe8+BuWZ/MxuE"
    "unROAZugijOYQ/K16oDItzdQiH2uA9EvkLJIp2wdYehBXo8mXioqpooity73tzfM+IB51Y"
    "+HbMoxe8YVofDUl4VbOkSp6GBYNNoS8ZvE4qY5VNM0/Vvl2z+Uitp87kLE0Lw0LNM9ngDQ"
    "ze4DUY3TzewFQS32r82Kd2UAfjq+ZvStG62XssVUr8eE0l8eNyIXGfwu8MVG2xPFXrOP1O"
    "BhH5rh4S+a6EiTRAiFrWt8mxkRirqrZSgdCkSzaVLpktQv/CjMls1fs9E4Vs0mRhGmp1z1"
    "POZySRx5VrdyjvYnpZSpfo42WJXZJ9aOjK0T/tRwtfju7HRFslYrxpxpv22kay8abtHYON"
    "N81404w3rWWz13jTjDfNeNO086ZphmDhpYjWOBniUkUSzgU3bvqsT+FX74nAyFYEJlUYCH"
    "AJUnOgiMMyUJOyL0GRtsKH8K+cz0xUpOBj//drexcMUETGucAFXxZALfeT9m1yOjeGKU/n"
    "/4bFXDKkbWLwjv01unvMWioCE1jZaWCleuNpgMO82GfLyioWWVzabrWMXqEQJIJX2Wby6u"
    "ULQ1dcT3xZ5Eqqi7VKZyy8nDRfXfU0gS0T2NJYIvulr7ZfCsYGe6kNppkfiNdaXnNex7WY"
    "JQ7qIG4qlcaErQ9JEILGNyUeKHk8rwddOxZ+NX6gK4u8sbD3BcikE1D/0ZnQoBNHnzp3dk"
    "A7OL4Otv1RLblpd49/LuUpnNkhebIDEhWTwUwqZzJLE62AaWRur8jMfqTEpwvXnsCYAwcG"
    "3SHW3HukMNPSbnmMmYTeiIl+wpkj+ia8qWiTZHSJlCrnHn569D3zgAJ+n5QXLebV6ysyxo"
    "cmpcfE8irJYE1tuAxNC8ORzUdx9i2svjNWb6cs5rJCIVkzmxOKFjL4WGYuH9fP5eOKuewt"
    "8ZcrzeOEpHUh36NjCQYfHdfXUz8uMpgf5yrsTQjax1wp5MLRGuTCURm5ENK/Kly5a2Zv1L"
    "513N0KLkSj0om67cz7DljIVb6PjAyVhZSlaeFiahzsaqA/38NK0t2RbOK9Jt6774l06JST"
    "CEVmmx1KezhfGIrkjriXhSKlupAJRerjvDNRSDnvneaHR1slYvynxn+qA6uN/9T4T7fEYu"
    "M/bQFzjf/U+E+N10dDr4/xnxr/qVlJe546eRPZFwNxXXiFZ6nQ4nCdUym1VtLGz7qTejFo"
    "jKc/RsUuBIIs8OYprovM7ArcmxI1wtZuZpT43hMiy2ziepMHMPGfPOF1CmLgGuM1uOOu7V"
    "Cg6UL7Af4sfRZ0yB8chxb3HgggWwYBh90HD4jDux8xK3bPWfV+rEyVj6zR9+puLINBk/Fi"
    "7UtZl91Znd99YZc99qAsg83uBw3M5aBG4XgmnoXo9HvfY+GQhqFgeDmaVWq0Vu0IkubjIN"
    "NeDrIvCA7htObH9z+GVwPUJfB1VOqF3HnT+IYOUAVwrHD+OzDBlyHoEKhMYOtoxhEYp+vQ"
    "oAaiv9XHaVhk0qgPMuoD/195qD1/q2dM28zJtg1hHHy9vrq8Gp/2rrtk4Xtzb3xn+yP26e"
    "rqpn89vjgffBnCSDwvFBltD0Fx6UidgjJe2JN6L+xJyQv7aLvLCqngkq1eEwlB8fRzJiH5"
    "H3GdYI9RFFVsRVbkzryYnW8ue38WOf3x4uq0eJhhB6dFtoMd5lRVPqvdizIUu4MQHW13Q2"
    "qsJsp+Xfeuy8w2Kp28Sne1DO+8JZv2whAz76oUumKTteqcFzWGiZe2flaZ434dGqBKBPoU"
    "em9Cf9UhFny2ALHTsQjy8pRC/AGYH8g8YrPgCeFGMN4PxBLveBtMmxS3sR2RL6dcX6N/Vd"
    "Tw2tFzecYl9X3Pz9wa5wjFcU6DAETDEy6TO76NQrjPCmHAa9urB9BSMrNfa7df56Jnjgv6"
    "IIVfOFWpPVAkaxNkujGVp7D1KrC3gnIjDmt2HXHTDObnkIoTNiFoXdD3vYzz9X298/V9ua"
    "421wXK3L0BNaCauylFK7zb67b5/p836w3OZJe/uBp8jpsXrdA8wyOVaaWMQC4Qtmkvft30"
    "lZixZXGoF9OLjImzTJd7JhLZNJbCdMylsXzsDT/2zvqvlcVSksIaGzErKQkjMTtXZMAGsb"
    "EUetxYe6J3M8976JAzUPS6GfOJnPV7Z9iP42L9GjDZ5jD3gPEOBQPNc13viSyZC71hdZr7"
    "e1HFBmyyChtxJ08VFiK/FIsX+kH2iiAD//ADsePHkhkYijiMmHdkAaYobwWGK4YfksI7aH"
    "vioMGwmJKnKAiBXwBF4DHbHbGF7UPnVvyBJQoQRVAK/PKQBJ5454QE83zuYEi+jek9totX"
    "nRPr3vO/eWDtMzBe0meDlcJvXkc6tG0FEfxQK/IMgFU9gUkAFjOvHMSpXBtMZ8GVDumxyF"
    "K2XAq0YAg/UGaBNODIjMIrHnny/Af4/TMPZrIIxHhP9TiNiIfRIkv4XQJqQEvoN6NI5gnt"
    "RxAxTmY014C02HFcR9HY5trZ5gW5bhKzKXSxQ634a39wdj74rKgcx2RdEr0YMbFz4V94zT"
    "ct/LtJ5ObonQzCu2isZwDe70oqdHZxlUS03oVSpDV+FK39KJl9XcUgLZC1ziw9lllTx/Vr"
    "6ri8pqIjV8GbkiXZnXH083YPn8acKKiojJU9KXmq9s3bbSSkTD22yUmQIWvgENDMJdimM8"
    "Bc5LWTFObU1lHgco6oFe7JbV/8F7kKFGdznkpfLNimGOfG0V2cNwoMjtu3cA43v1V4k8nS"
    "9zdCHRVIjfml9dGLzkKVUFXcvhWraNeBqtjFWmZ4PSY1S/MiWOr+6K9bQaXOKab1KYcIc2"
    "RbghK01QObMj8bHlA9T4q0xpTT+Twx0J0te532q6SASfDbbBnlY4nyx1WezgBamgK0RHwt"
    "C2NjPMsfaY97JhBZOEt+LioXZc0mjju04iQ5jcg+fbmmrh1WJxDV5y+0hOt/7wL2E0/WNa"
    "ifzHyWAP1k1pMM5senE4pAF8zQiEiDDrECCmdaaBGbTYnlwdRIPvApoWzirxYg3w8cEwJf"
    "c8hMAKs1IKHnkSULHTdLN+afWFXwn90OgCOBEEKEZQ84MiaPqYnyjUWWCbZb+rSIoAmWkw"
    "kNgkORs2Lfh1gHJf4Uhr6weba/eCKZeHMajNi9782jVGbxe38IyDUN/dVPPexApDFjaoyo"
    "A4VYn4CGMeYGxzhzplPKPiDix+HJLLDip9HjMTOGjy2GLZkUF92PxENSD6NZ+hWOjHr/a9"
    "S8FY6jvPv1rVTM8+2amOfbiphnZmQKXC6QtS4qtpX4sohxia5KvK53zRXITNL4C9xzTjAG"
    "HSAqYV/Y0T3PpTar2dKzdAUJ3AHhtlgfb/e7Zf3p1dVFjvWn50W38+3laf/6zRGXAzRywh"
    "qXnHd/P/apHdRtL89jIPM96LvTHAw40nHEwCj/9KlL+L8R+8w//czxj5965xccHRm9KGqA"
    "UolEMnlE9WlExT0Jsdrj2Pk/xkNYcWVUd7DDJZJ8srdrRGjlKsdvStFCPedE6uw9WXP2np"
    "TP3tT6UeFznkrfvUdPTgurT9V/XEVvgjE6e5FzLgTluFuR2MhaZ1ln/Tmqoi7SGknrLGlT"
    "X+tgGwHVOyVYbJ6qhcpe87jY1Gusuj/lKc3upPPutF/4BCPmDcVsqhK2VswKVQlLFT8aC9"
    "S3sNzHViP1lyJ95KAiQh9/dbguMj/PNJKqu10oiCEcjeRuJcpjYO2GbC0LJyBPUQGJkLou"
    "vzv2jWXxSzs6C9uZdn+xrB+7RMiQF6ogiNSA6UKLztgdP37EMLoPXaZlMPAZvHfCKIIC5v"
    "YD1st48kTkHiQf4l0hccw+oLaLQfDp1Me6H9gdluX4EJW2eJpRn8YlMhK06yFvh1XE+ci/"
    "efAErN0xdXw6Cd0V/xpLUuIIRuyBLkLyZgKCDQ6xnCUNCa/E/COvZDlxFg4yY2YHs2RYwB"
    "kYFX4UAwqiEQKJuASFN10s71xnIoaDjaLp9NP52YjxO1vmtuMioMD3Hp0px0qnDB/2B0My"
    "sZHlDtYmWbIH2GpYWvdDFEaJC5PYLKqrGZUUoWFcTwTLiIAkCiwEtkDLGE6Q/DKsdWKHUf"
    "0Tly5gn4FZnLQbI5ssUQUlGvQPAVYREfx2wkMQYlLShY8grmICPVPOBh+rfoqyoePpkmaH"
    "mes4vUeGwXgjNIYXIzWokCHnCXDTJ9/gmYwsF/XlS3L5eNklAjP0+Rom+aolBlihJbDC1C"
    "cx9UmMBqyJoWPqk5j6JHkOm/ok+zxvTX0ScwaY+iRaFh1ILx2VZXFK0bqCGc0fsKb8S5Vt"
    "sJ3r6VOzXLo8SYamhXxuPpyI/o5K/kpYx7b20/ngsnd+0eW+tRH7+iu3hbkfaxMDuGFo6m"
    "RmM0Zrkj+e536GXN9DMQENZ+UwvBx2STAPRqx3cX5507v40iW268xD233YyDEht/es2XqK"
    "onFt9m0Z+fHlNf6URuclselBKnOO1h+jRQ6/zC/3Ki653277t/0z1QUgqLpE/IfJH3vohr"
    "GHDl7c8Lc3AkGPrcX/EbsdfBlc/THokujFiKGa/mv/AtrEr/RYMphBUuXufi7rpEqrN3D6"
    "dXB64JqIXqlzO6UzHFdJ8sEAp+J961mabW1SJbNqRzbr0ToPWrJ7/FK/e/xSLvZoykq9Wl"
    "mpfGBbzTdTpGzbVG/ePRPBGspsrq8WmCHRV9VvxKW5lXKBKaJCZW4XyFrA+B24bOpvrJJT"
    "7LP0+nI8sWrP+hfnv/ev+zyqHr0sKvF6qOc50I7KMigR6isWDRfCRtDeIq2Jaukd1cqg11"
    "RFXSLeiaxNOcEN0foR7LIs5eHcdt1aMyVL1xqAxcnxL+8SswTfrDNEhpe9i4vKG4opm469"
    "ezWjI0PUutOo+YClFneomwNoe+npMcJbVcI5QlPIVmcZ71c6oJHyVtLEdpD4dBPDJ+oToG"
    "4yCItnE6HGWTyGXEYUVsDE/BFqT9LsIZEwJK76xcD3N7wj2MLclcCKbqz1mLsS2TJT5/6e"
    "+gFJynCi6dot2uFbfdiIWdZ/RwcPXoeHvJGdo4NgefcfOgnxXafTOSQjfg1I9PZvfE9ZB+"
    "Pionn2y78tC4bg3d9n7zN+slfR7b1YJzV4csLJjE4JtDIVQfX3v9cnrvD/Cgpx3L514L3m"
    "0U58EZd5W1+cMiEwZSlfUJYStiQVpkfNDctfwPI9KW+z/c28sUQQU6thk8ltlHB5JbxHfW"
    "cyO6jQvaNv1qrcdtrmOUW7XrANK43fi8b4wk2mXhes3cbr1cH6fbwVONS3b2UcpG/f1ntI"
    "8btC0iQsKgUOR81byN2txEJrES/1GmA94sVogc9pga96mP39f5n3C0Y="
)
