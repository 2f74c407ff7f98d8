-- Whether the chain holds anything at all. Reads the first entry of each primary key.
SELECT EXISTS (SELECT 1 FROM categories) OR EXISTS (SELECT 1 FROM brands) OR EXISTS (SELECT 1 FROM products)
    OR EXISTS (SELECT 1 FROM stores) OR EXISTS (SELECT 1 FROM staffs) OR EXISTS (SELECT 1 FROM stocks)
    OR EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM orders) OR EXISTS (SELECT 1 FROM order_items)
