-- The one row that says what the chain is, made where it is missing. The primary key lets it be only one.
INSERT INTO chain (chain_id) VALUES (1) ON DUPLICATE KEY UPDATE chain_id = chain_id
