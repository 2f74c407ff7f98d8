-- Number and hash of the entries that were just appended, the oldest first. Parameter: how many. By primary key.
SELECT audit_id, hash FROM audit_log WHERE audit_id > @audit_id - ? ORDER BY audit_id
