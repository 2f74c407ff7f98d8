-- The end of the chain of entries. By primary key.
SELECT audit_id, hash FROM audit_head WHERE head_id = 1
