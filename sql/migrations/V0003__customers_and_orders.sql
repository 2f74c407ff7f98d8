-- Who buys, and what was ordered. The price and the discount are frozen in the order line.
-- line_gross and line_net are rounded where the line is kept, so that every total is a sum of rounded lines.
CREATE TABLE IF NOT EXISTS customers (
  customer_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  first_name  VARCHAR(100) NOT NULL,
  last_name   VARCHAR(100) NOT NULL,
  phone       VARCHAR(32) NULL,
  email       VARCHAR(254) COLLATE utf8mb4_bin NULL,
  street      VARCHAR(255) NULL,
  city        VARCHAR(255) NULL,
  state       VARCHAR(32) NULL,
  zip_code    VARCHAR(16) NULL,
  version     INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (customer_id),
  KEY customers_by_name (last_name, first_name),
  KEY customers_by_email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS orders (
  order_id      INT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id   INT UNSIGNED NOT NULL,
  order_status  TINYINT UNSIGNED NOT NULL,
  order_date    DATE NOT NULL,
  required_date DATE NOT NULL,
  shipped_date  DATE NULL,
  store_id      INT UNSIGNED NOT NULL,
  staff_id      INT UNSIGNED NOT NULL,
  version       INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (order_id),
  KEY orders_by_customer (customer_id),
  KEY orders_by_staff (staff_id),
  KEY orders_by_store_and_day (store_id, order_date, order_status),
  KEY orders_by_day (order_date, order_status),
  CONSTRAINT orders_have_a_customer FOREIGN KEY (customer_id) REFERENCES customers (customer_id),
  CONSTRAINT orders_have_a_store FOREIGN KEY (store_id) REFERENCES stores (store_id),
  CONSTRAINT orders_have_a_staff FOREIGN KEY (staff_id) REFERENCES staffs (staff_id),
  CONSTRAINT orders_have_a_known_status CHECK (order_status BETWEEN 1 AND 4),
  CONSTRAINT orders_ship_after_they_are_placed CHECK (shipped_date >= order_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS order_items (
  order_id   INT UNSIGNED NOT NULL,
  item_id    INT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity   INT UNSIGNED NOT NULL,
  list_price DECIMAL(12,2) NOT NULL,
  discount   DECIMAL(5,4) NOT NULL DEFAULT 0,
  line_gross DECIMAL(14,2) GENERATED ALWAYS AS (ROUND(quantity * list_price, 2)) STORED,
  line_net   DECIMAL(14,2) GENERATED ALWAYS AS (ROUND(quantity * list_price * (1 - discount), 2)) STORED,
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (order_id, item_id),
  KEY order_items_by_product (product_id),
  CONSTRAINT order_items_are_of_an_order FOREIGN KEY (order_id) REFERENCES orders (order_id),
  CONSTRAINT order_items_are_of_a_product FOREIGN KEY (product_id) REFERENCES products (product_id),
  CONSTRAINT order_items_count_something CHECK (quantity > 0),
  CONSTRAINT order_items_have_a_price CHECK (list_price >= 0),
  CONSTRAINT order_items_have_a_discount CHECK (discount BETWEEN 0 AND 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
