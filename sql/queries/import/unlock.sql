-- Gives a lock back. Parameter: name.
SELECT RELEASE_LOCK(?)
