-- A target where there was none. :store_id, :month (its first day), :amount. A duplicate key says that there is one by now.
INSERT INTO sales_targets (store_id, month, amount) VALUES (:store_id, :month, :amount)
