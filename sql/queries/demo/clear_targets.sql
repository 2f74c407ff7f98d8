-- Takes the targets of the demo's stores away. :run. Reads stores whole, sales_targets by primary key.
DELETE t FROM sales_targets t JOIN stores s ON s.store_id = t.store_id WHERE s.loaded_by = :run
