-- Stores a password that the user chose. :user_id, :password_hash; :old_hash, which must still be the one stored.
UPDATE users
   SET password_hash = :password_hash, password_set_at = UTC_TIMESTAMP(6), password_expires_at = NULL,
       must_change_password = FALSE, failed_attempts = 0, locked_until = NULL
 WHERE user_id = :user_id AND password_hash = :old_hash
