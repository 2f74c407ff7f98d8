-- Takes away the backup codes of a user. ?: user_id.
DELETE FROM backup_codes WHERE user_id = ?
