-- The slots of a user's backup codes, which are used, when and from where. ?: user_id. Reads backup_codes by primary key.
SELECT slot, CAST(UNIX_TIMESTAMP(used_at) AS SIGNED), used_from FROM backup_codes WHERE user_id = ? ORDER BY slot
