-- The chain is no demo any more. Reads chain by primary key.
UPDATE chain SET is_demo = FALSE, demo_seed = NULL, demo_orders = NULL WHERE chain_id = 1
