-- How many rows a table has; its name is put in for :table. Reads the shortest index of the table whole: there is no other way to count.
SELECT COUNT(*) FROM :table
