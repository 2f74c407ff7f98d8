-- Holds the chain's one row still until the transaction that asks is over, for what may happen but once.
SELECT chain_id FROM chain WHERE chain_id = 1 FOR UPDATE
