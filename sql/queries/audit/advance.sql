-- Moves the end of the chain. Parameters: number and hash of the newest entry. By primary key.
UPDATE audit_head SET audit_id = ?, hash = ? WHERE head_id = 1
