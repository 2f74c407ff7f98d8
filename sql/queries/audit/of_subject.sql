-- What was done to something, the newest first. :subject, :limit. By audit_log_by_subject.
SELECT audit_id, recorded_at, actor, role, origin, action, subject, outcome, values_before, values_after, detail,
       correlation_id
  FROM audit_log
 WHERE subject = :subject
 ORDER BY audit_id DESC
 LIMIT :limit
