-- Switches the second factor on, the step of the confirming code used up; changes nothing where it is on, or where the
-- step or a later one was used. :user_id, :secret (encrypted), :step. Reads users by primary key.
UPDATE users
   SET totp_secret = :secret, totp_enabled = TRUE, totp_last_step = :step, failed_codes = 0, codes_locked_until = NULL
 WHERE user_id = :user_id AND NOT totp_enabled AND (totp_last_step IS NULL OR totp_last_step < :step)
