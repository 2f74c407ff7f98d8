-- Order lines whose stored sums are not what quantity, price and discount come to, by column. Reads order_items whole.
SELECT 'order_items.line_gross', COUNT(*) FROM order_items WHERE NOT line_gross <=> ROUND(quantity * list_price, 2)
UNION ALL
SELECT 'order_items.line_net', COUNT(*) FROM order_items
 WHERE NOT line_net <=> ROUND(quantity * list_price * (1 - discount), 2)
