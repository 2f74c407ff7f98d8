-- Whether the chain is a demo, and which.
SELECT is_demo, demo_seed, demo_orders FROM chain WHERE chain_id = 1
