-- Uses up the code in one slot; changes nothing where it is used up or was made anew.
-- :user_id, :slot, :code_hash, :used_from. Reads backup_codes by primary key.
UPDATE backup_codes
   SET used_at = UTC_TIMESTAMP(6), used_from = :used_from
 WHERE user_id = :user_id AND slot = :slot AND code_hash = :code_hash AND used_at IS NULL
