-- The entry that was just appended is the end now. By primary key.
SELECT audit_id, hash INTO @audit_id, @audit_hash FROM audit_log WHERE audit_id = @audit_id + 1
