-- Ends one session of a user, if it has not ended. Parameters: why, session, user. By primary key.
UPDATE sessions SET ended_at = UTC_TIMESTAMP(6), ended_why = ? WHERE session_id = ? AND user_id = ? AND ended_at IS NULL
