-- Entries with their hashes, the newest first. :mark (a number, not included), :actor, :subject (with
-- :actor: entries of that subject as well), :action, :from, :to (not included) may each be
-- NULL; :limit. Both engines take the conditions on NULL away before they choose an index: the primary key,
-- audit_log_by_actor, audit_log_by_action or audit_log_by_time.
SELECT audit_id, recorded_at, actor, role, origin, action, subject, outcome, values_before, values_after, detail,
       correlation_id, user_id, previous_hash, hash
  FROM audit_log
 WHERE (:mark IS NULL OR audit_id < :mark)
   AND (:actor IS NULL OR actor = :actor OR subject = :subject)
   AND (:action IS NULL OR action = :action)
   AND (:from IS NULL OR recorded_at >= :from)
   AND (:to IS NULL OR recorded_at < :to)
 ORDER BY audit_id DESC
 LIMIT :limit
