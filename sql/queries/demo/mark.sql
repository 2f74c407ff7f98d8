-- Makes the chain a demo. :seed, :orders. Reads chain by primary key.
UPDATE chain SET is_demo = TRUE, demo_seed = :seed, demo_orders = :orders WHERE chain_id = 1
