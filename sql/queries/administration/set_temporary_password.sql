-- Gives a user a temporary password, and ends the locks. :user_id, :password_hash, :hours it is good for. By primary key.
UPDATE users
   SET password_hash = :password_hash, password_set_at = UTC_TIMESTAMP(6), must_change_password = TRUE,
       password_expires_at = UTC_TIMESTAMP(6) + INTERVAL :hours HOUR,
       failed_attempts = 0, locked_until = NULL, version = version + 1
 WHERE user_id = :user_id
