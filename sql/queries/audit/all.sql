-- Every entry, the oldest first, its columns in the order of the table: the first fourteen are hashed. By primary key.
SELECT audit_id, recorded_at, actor, user_id, role, origin, action, subject, outcome, values_before, values_after, detail,
       correlation_id, previous_hash, hash
  FROM audit_log
 ORDER BY audit_id
