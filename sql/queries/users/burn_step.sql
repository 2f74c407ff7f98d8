-- Uses up one step of a second factor, and starts the count of wrong codes anew; changes nothing where that step or a
-- later one was used. :user_id, :step. Reads users by primary key.
UPDATE users
   SET totp_last_step = :step, failed_codes = 0, codes_locked_until = NULL, updated_at = updated_at
 WHERE user_id = :user_id AND totp_enabled AND (totp_last_step IS NULL OR totp_last_step < :step)
