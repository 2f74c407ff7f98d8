-- The staff as a table shows it. Conditions, order and limit are put behind by db/records.
SELECT f.staff_id, CONCAT(f.first_name, ' ', f.last_name), (SELECT n.store_name FROM stores n WHERE n.store_id = f.store_id),
       (SELECT CONCAT(n.first_name, ' ', n.last_name) FROM staffs n WHERE n.staff_id = f.manager_id), f.active, f.phone, f.email
  FROM staffs f
