-- One entry with its hashes. Parameter: its number. By the primary key.
SELECT audit_id, recorded_at, actor, role, origin, action, subject, outcome, values_before, values_after, detail,
       correlation_id, user_id, previous_hash, hash
  FROM audit_log
 WHERE audit_id = ?
