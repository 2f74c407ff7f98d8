-- How many customers there are. Reads the shortest index of customers whole: for all of them there is no other way.
SELECT COUNT(*) FROM customers
