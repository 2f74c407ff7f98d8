-- What server this is, and the name of the database for staging tables where the account can see one.
-- ?: the name such a database would have.
SELECT VERSION(), (SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?)
