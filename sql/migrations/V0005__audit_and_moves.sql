-- What was done, by whom. The log only grows: the program's account may insert and select here, nothing else.
-- audit_head is the one row that each new entry locks first, so that the chain of hashes can not fork.
CREATE TABLE IF NOT EXISTS audit_log (
  audit_id      BIGINT UNSIGNED NOT NULL,
  recorded_at   DATETIME(6) NOT NULL,
  actor         VARCHAR(64) NOT NULL,
  user_id       INT UNSIGNED NULL,
  action        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject       VARCHAR(255) NOT NULL,
  detail        TEXT NOT NULL,
  previous_hash BINARY(32) NOT NULL,
  hash          BINARY(32) NOT NULL,
  PRIMARY KEY (audit_id),
  KEY audit_log_by_time (recorded_at),
  KEY audit_log_by_subject (subject),
  KEY audit_log_by_user (user_id),
  CONSTRAINT audit_log_names_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS audit_head (
  head_id  TINYINT UNSIGNED NOT NULL DEFAULT 1,
  audit_id BIGINT UNSIGNED NOT NULL,
  hash     BINARY(32) NOT NULL,
  PRIMARY KEY (head_id),
  CONSTRAINT audit_head_is_one CHECK (head_id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT IGNORE INTO audit_head (head_id, audit_id, hash) VALUES (1, 0, REPEAT(CHAR(0), 32));

CREATE TABLE IF NOT EXISTS stock_moves (
  move_id    BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  store_id   INT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  change_by  INT NOT NULL,
  reason     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id   INT UNSIGNED NULL,
  user_id    INT UNSIGNED NULL,
  moved_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (move_id),
  KEY stock_moves_by_stock (store_id, product_id, moved_at),
  KEY stock_moves_by_product (product_id),
  KEY stock_moves_by_order (order_id),
  KEY stock_moves_by_user (user_id),
  CONSTRAINT stock_moves_are_in_a_store FOREIGN KEY (store_id) REFERENCES stores (store_id),
  CONSTRAINT stock_moves_are_of_a_product FOREIGN KEY (product_id) REFERENCES products (product_id),
  CONSTRAINT stock_moves_may_be_of_an_order FOREIGN KEY (order_id) REFERENCES orders (order_id),
  CONSTRAINT stock_moves_may_be_by_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
