-- What finding a customer while one types needs, however many there are: the digits of a telephone number without what people
-- write between them, and the same from the end (people know the last four, and a local number has no country before it), and
-- indexes by these, by first name and by city. Last names and e-mail addresses have theirs.
-- Each costs a load of customers something, and nothing else: orders and their lines get none.
-- MySQL has no ADD COLUMN IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'customers' AND column_name = 'phone_digits') = 0,
  'ALTER TABLE customers
     ADD COLUMN phone_digits VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
       GENERATED ALWAYS AS (REGEXP_REPLACE(phone, ''[^0-9]'', '''')) STORED,
     ADD COLUMN phone_ends VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
       GENERATED ALWAYS AS (REVERSE(REGEXP_REPLACE(phone, ''[^0-9]'', ''''))) STORED,
     ADD KEY customers_by_phone (phone_digits),
     ADD KEY customers_by_phone_end (phone_ends),
     ADD KEY customers_by_first_name (first_name, last_name),
     ADD KEY customers_by_city (city)',
  'DO 0');
PREPARE change_customers FROM @change;
EXECUTE change_customers;
DEALLOCATE PREPARE change_customers;
