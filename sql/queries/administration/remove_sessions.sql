-- Forgets the sessions of a user who is removed. :user_id. By sessions_by_user.
DELETE FROM sessions WHERE user_id = :user_id
