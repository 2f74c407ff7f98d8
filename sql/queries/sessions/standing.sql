-- What a user and their session are now. Parameters: minutes without a key after which a session ends, SHA-256 of the
-- token, user. Reads users by primary key, sessions by sessions_by_token.
SELECT u.role, u.active, u.must_change_password,
       CASE WHEN s.session_id IS NULL OR s.ended_at IS NOT NULL THEN COALESCE(s.ended_why, 'unknown')
            WHEN s.ends_at <= UTC_TIMESTAMP(6) THEN 'over'
            WHEN s.last_seen_at <= UTC_TIMESTAMP(6) - INTERVAL ? MINUTE THEN 'idle'
            ELSE 'open' END
  FROM users u
  LEFT JOIN sessions s ON s.token_hash = ? AND s.user_id = u.user_id
 WHERE u.user_id = ?
