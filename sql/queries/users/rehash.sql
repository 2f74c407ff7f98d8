-- Keeps the same password under a dearer hash, unless it was changed meanwhile. ?: the new hash, user_id, the old hash.
UPDATE users SET password_hash = ? WHERE user_id = ? AND password_hash = ?
