-- Ends the sessions of a user but one, where that one is told. Parameters: why, user, SHA-256 of the token of the one that
-- stays or an empty text. By sessions_by_user.
UPDATE sessions SET ended_at = UTC_TIMESTAMP(6), ended_why = ?
 WHERE user_id = ? AND ended_at IS NULL AND token_hash <> ?
