-- Counts a try at a password before the password is looked at; changes nothing where the user is locked or not there.
-- :username, :attempts (tries before a lock), :minutes (how long it lasts). Reads users by users_by_name.
-- Assignments run from left to right: a lock that is over starts the count anew, and the count decides on a new lock.
UPDATE users
   SET failed_attempts = IF(locked_until IS NULL, failed_attempts, 0) + 1,
       locked_until = IF(failed_attempts >= :attempts, UTC_TIMESTAMP(6) + INTERVAL :minutes MINUTE, NULL),
       updated_at = updated_at
 WHERE username = :username AND (locked_until IS NULL OR locked_until <= UTC_TIMESTAMP(6))
