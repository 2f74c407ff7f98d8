-- Starts the count of failed passwords anew after a right one. ?: user_id.
UPDATE users SET failed_attempts = 0, locked_until = NULL, updated_at = updated_at WHERE user_id = ?
