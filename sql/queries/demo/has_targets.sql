-- Whether any store has a sales target. Reads the first entry of the primary key.
SELECT EXISTS (SELECT 1 FROM sales_targets)
