-- Whether nobody holds a lock: 1 or 0. Parameter: name.
SELECT IS_FREE_LOCK(?)
