-- Where the chain sells, who works there, and what is on hand.
-- E-mail addresses compare exactly: under a Unicode collation two different people could be one.
CREATE TABLE IF NOT EXISTS stores (
  store_id   INT UNSIGNED NOT NULL AUTO_INCREMENT,
  store_name VARCHAR(255) NOT NULL,
  phone      VARCHAR(32) NULL,
  email      VARCHAR(254) COLLATE utf8mb4_bin NULL,
  street     VARCHAR(255) NULL,
  city       VARCHAR(255) NULL,
  state      VARCHAR(32) NULL,
  zip_code   VARCHAR(16) NULL,
  time_zone  VARCHAR(64) NOT NULL DEFAULT 'UTC',
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (store_id),
  UNIQUE KEY stores_by_name (store_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS staffs (
  staff_id   INT UNSIGNED NOT NULL AUTO_INCREMENT,
  first_name VARCHAR(100) NOT NULL,
  last_name  VARCHAR(100) NOT NULL,
  email      VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
  phone      VARCHAR(32) NULL,
  active     BOOLEAN NOT NULL DEFAULT TRUE,
  store_id   INT UNSIGNED NOT NULL,
  manager_id INT UNSIGNED NULL,
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (staff_id),
  UNIQUE KEY staffs_by_email (email),
  KEY staffs_by_store (store_id),
  KEY staffs_by_manager (manager_id),
  CONSTRAINT staffs_work_in_a_store FOREIGN KEY (store_id) REFERENCES stores (store_id),
  CONSTRAINT staffs_have_a_manager FOREIGN KEY (manager_id) REFERENCES staffs (staff_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stocks (
  store_id   INT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity   INT NOT NULL,
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (store_id, product_id),
  KEY stocks_by_product (product_id),
  KEY stocks_by_quantity (quantity),
  CONSTRAINT stocks_are_in_a_store FOREIGN KEY (store_id) REFERENCES stores (store_id),
  CONSTRAINT stocks_are_of_a_product FOREIGN KEY (product_id) REFERENCES products (product_id),
  CONSTRAINT stocks_are_not_negative CHECK (quantity >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sales_targets (
  store_id   INT UNSIGNED NOT NULL,
  month      DATE NOT NULL,
  amount     DECIMAL(14,2) NOT NULL,
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (store_id, month),
  CONSTRAINT sales_targets_are_of_a_store FOREIGN KEY (store_id) REFERENCES stores (store_id),
  CONSTRAINT sales_targets_begin_a_month CHECK (DAYOFMONTH(month) = 1),
  CONSTRAINT sales_targets_are_positive CHECK (amount > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
