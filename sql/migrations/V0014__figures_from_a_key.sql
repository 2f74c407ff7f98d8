-- Whatever a figure asks of an order stands in one key, in the order in which figures are added up: no order of a period is
-- looked up, and no sum is kept waiting for another.
-- MySQL has no ADD KEY IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND index_name = 'orders_for_figures') = 0,
  'ALTER TABLE orders ADD KEY orders_for_figures (order_date, store_id, staff_id, order_status, shipped_date)',
  'DO 0');
PREPARE change_orders FROM @change;
EXECUTE change_orders;
DEALLOCATE PREPARE change_orders;
