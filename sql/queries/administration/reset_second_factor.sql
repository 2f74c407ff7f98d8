-- Takes a user's second factor away. The last step stays, so that no code is taken twice. :user_id. By primary key.
UPDATE users
   SET totp_secret = NULL, totp_enabled = FALSE, failed_codes = 0, codes_locked_until = NULL, version = version + 1
 WHERE user_id = :user_id
