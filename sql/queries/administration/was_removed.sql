-- Whether there was a user of that name who was removed. ?: 'user ' and the name. By audit_log_by_subject.
SELECT COUNT(*) > 0 FROM audit_log WHERE subject = ? AND action = 'user_removed' AND outcome = 'done'
