-- What was done to something, and by somebody, the newest first. :subject, :actor, :limit.
-- By audit_log_by_subject and audit_log_by_actor.
(SELECT audit_id, recorded_at, actor, role, origin, action, subject, outcome, values_before, values_after, detail,
        correlation_id
   FROM audit_log WHERE subject = :subject ORDER BY audit_id DESC LIMIT :limit)
UNION
(SELECT audit_id, recorded_at, actor, role, origin, action, subject, outcome, values_before, values_after, detail,
        correlation_id
   FROM audit_log WHERE actor = :actor ORDER BY audit_id DESC LIMIT :limit)
 ORDER BY audit_id DESC
 LIMIT :limit
