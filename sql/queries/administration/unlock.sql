-- Ends both locks of a user and starts both counts anew. :user_id. By primary key.
UPDATE users
   SET failed_attempts = 0, locked_until = NULL, failed_codes = 0, codes_locked_until = NULL, version = version + 1
 WHERE user_id = :user_id
