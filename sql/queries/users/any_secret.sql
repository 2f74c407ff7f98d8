-- Whether any secret is stored encrypted.
SELECT EXISTS(SELECT 1 FROM users WHERE totp_secret IS NOT NULL)
