-- Open orders are few among many, and are asked for whatever their day: what was promised beyond stock.
-- MySQL has no ADD KEY IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND index_name = 'orders_by_status') = 0,
  'ALTER TABLE orders ADD KEY orders_by_status (order_status)',
  'DO 0');
PREPARE change_orders FROM @change;
EXECUTE change_orders;
DEALLOCATE PREPARE change_orders;
