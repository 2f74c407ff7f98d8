-- Notes that somebody signed in. ?: user_id.
UPDATE users SET last_sign_in_at = UTC_TIMESTAMP(6) WHERE user_id = ?
