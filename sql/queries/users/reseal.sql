-- Stores a secret encrypted anew, unless it was changed meanwhile. ?: the new text, user_id, the old text.
UPDATE users SET totp_secret = ?, updated_at = updated_at WHERE user_id = ? AND totp_secret = ?
