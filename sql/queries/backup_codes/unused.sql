-- The hash of the code in one slot, where it is unused. ?: user_id, slot. Reads backup_codes by primary key.
SELECT code_hash FROM backup_codes WHERE user_id = ? AND slot = ? AND used_at IS NULL
