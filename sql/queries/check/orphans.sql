-- Rows that name a row which is not there, by column. The keys of the tables keep that from happening; a dump that was put
-- back without them, or a server that was told not to look, does not. Reads every table but the large ones' keys whole.
SELECT 'products.brand_id', COUNT(*) FROM products c LEFT JOIN brands p USING (brand_id) WHERE p.brand_id IS NULL
UNION ALL
SELECT 'products.category_id', COUNT(*) FROM products c LEFT JOIN categories p USING (category_id) WHERE p.category_id IS NULL
UNION ALL
SELECT 'staffs.store_id', COUNT(*) FROM staffs c LEFT JOIN stores p USING (store_id) WHERE p.store_id IS NULL
UNION ALL
SELECT 'staffs.manager_id', COUNT(*) FROM staffs c LEFT JOIN staffs p ON p.staff_id = c.manager_id
 WHERE c.manager_id IS NOT NULL AND p.staff_id IS NULL
UNION ALL
SELECT 'stocks.store_id', COUNT(*) FROM stocks c LEFT JOIN stores p USING (store_id) WHERE p.store_id IS NULL
UNION ALL
SELECT 'stocks.product_id', COUNT(*) FROM stocks c LEFT JOIN products p USING (product_id) WHERE p.product_id IS NULL
UNION ALL
SELECT 'orders.customer_id', COUNT(*) FROM orders c LEFT JOIN customers p USING (customer_id) WHERE p.customer_id IS NULL
UNION ALL
SELECT 'orders.store_id', COUNT(*) FROM orders c LEFT JOIN stores p USING (store_id) WHERE p.store_id IS NULL
UNION ALL
SELECT 'orders.staff_id', COUNT(*) FROM orders c LEFT JOIN staffs p USING (staff_id) WHERE p.staff_id IS NULL
UNION ALL
SELECT 'order_items.order_id', COUNT(*) FROM order_items c LEFT JOIN orders p USING (order_id) WHERE p.order_id IS NULL
UNION ALL
SELECT 'order_items.product_id', COUNT(*) FROM order_items c LEFT JOIN products p USING (product_id) WHERE p.product_id IS NULL
UNION ALL
SELECT 'sales_targets.store_id', COUNT(*) FROM sales_targets c LEFT JOIN stores p USING (store_id) WHERE p.store_id IS NULL
UNION ALL
SELECT 'users.staff_id', COUNT(*) FROM users c LEFT JOIN staffs p USING (staff_id)
 WHERE c.staff_id IS NOT NULL AND p.staff_id IS NULL
