-- Takes a lock that lasts as long as the connection: 1 taken, 0 not within the time. Parameters: name, seconds.
SELECT GET_LOCK(?, ?)
