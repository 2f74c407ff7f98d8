-- Notes that somebody signed in, and that the failed tries before were told. ?: user_id.
UPDATE users SET last_sign_in_at = UTC_TIMESTAMP(6), failures_to_tell = 0, updated_at = updated_at WHERE user_id = ?
