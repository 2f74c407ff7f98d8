-- Whether the chain is a demo, and which, held still until the transaction that asks is over: two demos made at once must
-- not both find the chain empty. Reads chain by primary key.
SELECT is_demo, demo_seed, demo_orders FROM chain WHERE chain_id = 1 FOR UPDATE
