-- What the chain sells. Every statement may run twice, because DDL commits by itself and a migration cut short is run again.
CREATE TABLE IF NOT EXISTS chain (
  chain_id    TINYINT UNSIGNED NOT NULL DEFAULT 1,
  is_demo     BOOLEAN NOT NULL DEFAULT FALSE,
  demo_seed   BIGINT UNSIGNED NULL,
  demo_orders BIGINT UNSIGNED NULL,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (chain_id),
  CONSTRAINT chain_is_one CHECK (chain_id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The one row is there from the beginning: what may happen but once in a chain locks it first.
INSERT INTO chain (chain_id) VALUES (1) ON DUPLICATE KEY UPDATE chain_id = chain_id;

CREATE TABLE IF NOT EXISTS categories (
  category_id   INT UNSIGNED NOT NULL AUTO_INCREMENT,
  category_name VARCHAR(255) NOT NULL,
  version       INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (category_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS brands (
  brand_id   INT UNSIGNED NOT NULL AUTO_INCREMENT,
  brand_name VARCHAR(255) NOT NULL,
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (brand_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS products (
  product_id   INT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_name VARCHAR(255) NOT NULL,
  brand_id     INT UNSIGNED NOT NULL,
  category_id  INT UNSIGNED NOT NULL,
  model_year   SMALLINT UNSIGNED NOT NULL,
  list_price   DECIMAL(12,2) NOT NULL,
  version      INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (product_id),
  KEY products_by_name (product_name),
  KEY products_by_brand (brand_id),
  KEY products_by_category (category_id),
  CONSTRAINT products_have_a_brand FOREIGN KEY (brand_id) REFERENCES brands (brand_id),
  CONSTRAINT products_have_a_category FOREIGN KEY (category_id) REFERENCES categories (category_id),
  CONSTRAINT products_have_a_price CHECK (list_price >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
