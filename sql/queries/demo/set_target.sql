-- A store's sales target for a month; one that a person has set stays. :store, :month (its first day), :amount.
-- Reads sales_targets by primary key.
INSERT INTO sales_targets (store_id, month, amount) VALUES (:store, :month, :amount)
    ON DUPLICATE KEY UPDATE amount = sales_targets.amount
