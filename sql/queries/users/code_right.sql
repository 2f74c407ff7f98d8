-- Starts the count of wrong codes anew after a right one. ?: user_id.
UPDATE users SET failed_codes = 0, codes_locked_until = NULL, updated_at = updated_at WHERE user_id = ?
