-- Orders whose dates contradict each other or their status (4 is completed). Reads orders whole.
SELECT 'shipped before it was placed', COUNT(*) FROM orders WHERE shipped_date < order_date
UNION ALL
SELECT 'required before it was placed', COUNT(*) FROM orders WHERE required_date < order_date
UNION ALL
SELECT 'completed without a shipped date', COUNT(*) FROM orders WHERE order_status = 4 AND shipped_date IS NULL
UNION ALL
SELECT 'shipped and not completed', COUNT(*) FROM orders WHERE order_status <> 4 AND shipped_date IS NOT NULL
