-- Holds the moment at which an export reads every table, without a lock. No parameters.
START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY
