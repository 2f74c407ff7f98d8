-- Notes that somebody is at the keyboard, where their session has not ended. Parameters: SHA-256 of the token, minutes
-- without a key after which a session ends. Reads sessions by sessions_by_token.
UPDATE sessions SET last_seen_at = UTC_TIMESTAMP(6)
 WHERE token_hash = ? AND ended_at IS NULL AND ends_at > UTC_TIMESTAMP(6)
   AND last_seen_at > UTC_TIMESTAMP(6) - INTERVAL ? MINUTE
