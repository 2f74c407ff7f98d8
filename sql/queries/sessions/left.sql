-- How long a session still lasts, in microseconds: without a key, and at the most; and why it ended, if it did.
-- Parameters: minutes without a key after which a session ends, SHA-256 of the token. By sessions_by_token.
SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), last_seen_at + INTERVAL ? MINUTE),
       TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), ends_at),
       IF(ended_at IS NULL, NULL, COALESCE(ended_why, 'unknown'))
  FROM sessions
 WHERE token_hash = ?
