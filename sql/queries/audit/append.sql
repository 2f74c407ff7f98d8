-- The entry whose number, time and hashes are the end of the chain. Parameters: actor, user or NULL, role or NULL, origin,
-- action, subject, outcome, record before or NULL, record after or NULL, detail, correlation id. MAX makes NULLs where there
-- is no end, and no entry may have them: the statement fails. MariaDB answers number and hash with it, which saves a
-- statement; MySQL takes that for a comment, and is asked for them afterwards (end.sql). By primary key.
INSERT INTO audit_log
       (audit_id, recorded_at, actor, user_id, role, origin, action, subject, outcome, values_before, values_after,
        detail, correlation_id, previous_hash, hash)
SELECT MAX(audit_id), MAX(recorded_at), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MAX(previous_hash), MAX(hash)
  FROM audit_head
 WHERE head_id = 1
/*M! RETURNING audit_id, hash */
