-- One entry more. Parameters: number, time, actor, user or NULL, role or NULL, origin, action, subject, outcome, record
-- before or NULL, record after or NULL, detail, correlation id, hash of the entry before, hash.
INSERT INTO audit_log
       (audit_id, recorded_at, actor, user_id, role, origin, action, subject, outcome, values_before, values_after,
        detail, correlation_id, previous_hash, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
