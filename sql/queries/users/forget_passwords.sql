-- Forgets the oldest passwords of a user: a hash that is not needed can only be stolen.
-- :user_id, :kept (how many are kept). Reads password_history by password_history_by_user.
DELETE FROM password_history
 WHERE user_id = :user_id
   AND history_id NOT IN (SELECT history_id
                            FROM (SELECT history_id FROM password_history WHERE user_id = :user_id
                                   ORDER BY history_id DESC LIMIT :kept) AS newest)
