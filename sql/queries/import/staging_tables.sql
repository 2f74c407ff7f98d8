-- The staging tables of all runs. Parameter: the staging database. Reads the data dictionary.
SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name LIKE 'run\_%'
