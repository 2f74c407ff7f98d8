-- Rows of each table that the demo's run did not bring. :run (NULL where none did: then all). Reads every table whole: it is before all of them go.
          SELECT 'order_items' AS what, COUNT(*) AS strangers FROM order_items WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'orders', COUNT(*) FROM orders WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'stocks', COUNT(*) FROM stocks WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'customers', COUNT(*) FROM customers WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'staffs', COUNT(*) FROM staffs WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'stores', COUNT(*) FROM stores WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'products', COUNT(*) FROM products WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'brands', COUNT(*) FROM brands WHERE :run IS NULL OR NOT loaded_by <=> :run
UNION ALL SELECT 'categories', COUNT(*) FROM categories WHERE :run IS NULL OR NOT loaded_by <=> :run
