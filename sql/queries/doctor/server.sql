-- What the server is like: version, its own sql_mode and this session's, whether it takes LOAD DATA LOCAL, and as whom
-- we are signed in. No table is read.
SELECT VERSION(), @@GLOBAL.sql_mode, @@SESSION.sql_mode, @@GLOBAL.local_infile, CURRENT_USER()
