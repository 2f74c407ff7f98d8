-- Switches the second factor off. The last step stays, so that no code is taken twice. ?: user_id.
UPDATE users
   SET totp_secret = NULL, totp_enabled = FALSE, failed_codes = 0, codes_locked_until = NULL
 WHERE user_id = ? AND totp_enabled
