-- How many products of stores are low: what low_stock.sql lists, counted.
-- :store_id (may be NULL: the chain); :fewer_than. Reads stocks by quantity, or by primary key for one store.
SELECT COUNT(*) FROM stocks s WHERE s.quantity < :fewer_than AND (:store_id IS NULL OR s.store_id = :store_id)
