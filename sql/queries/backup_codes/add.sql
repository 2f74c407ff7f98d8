-- A new backup code. ?: user_id, slot, its hash.
INSERT INTO backup_codes (user_id, slot, code_hash) VALUES (?, ?, ?)
