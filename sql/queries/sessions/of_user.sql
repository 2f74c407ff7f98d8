-- The sessions of a user that have not ended, the newest first. Parameters: SHA-256 of the token of the one who asks, or an
-- empty text; user; minutes without a key after which a session ends. By sessions_by_user.
SELECT session_id, opened_at, last_seen_at, origin, token_hash = ?
  FROM sessions
 WHERE user_id = ? AND ended_at IS NULL AND ends_at > UTC_TIMESTAMP(6)
   AND last_seen_at > UTC_TIMESTAMP(6) - INTERVAL ? MINUTE
 ORDER BY opened_at DESC, session_id DESC
