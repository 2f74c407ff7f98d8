-- Moves the end of the chain to @audit_id and @audit_hash. By primary key.
UPDATE audit_head SET audit_id = @audit_id, hash = @audit_hash WHERE head_id = 1
