-- Removes a user that nothing leads to any more. :user_id. By primary key.
DELETE FROM users WHERE user_id = :user_id
