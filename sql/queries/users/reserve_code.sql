-- Counts a try at the second factor, a code of the app or of paper, before it is looked at; changes nothing where codes
-- are locked or the user is not there or not active.
-- :user_id, :attempts (tries before a lock), :minutes (how long it lasts). Reads users by primary key.
-- Assignments run from left to right: a lock that is over starts the count anew, and the count decides on a new lock.
UPDATE users
   SET failed_codes = IF(codes_locked_until IS NULL, failed_codes, 0) + 1,
       codes_locked_until = IF(failed_codes >= :attempts, UTC_TIMESTAMP(6) + INTERVAL :minutes MINUTE, NULL),
       updated_at = updated_at
 WHERE user_id = :user_id AND active AND (codes_locked_until IS NULL OR codes_locked_until <= UTC_TIMESTAMP(6))
