-- Keeps in mind a failed try, to be told at the next sign-in. ?: username. Reads users by users_by_name.
UPDATE users SET failures_to_tell = failures_to_tell + 1, updated_at = updated_at WHERE username = ?
