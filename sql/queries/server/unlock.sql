-- Gives a named lock back. ?: the name.
DO RELEASE_LOCK(?)
