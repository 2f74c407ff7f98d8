-- One member of the staff. :id. Reads staffs and stores by primary key.
SELECT CONCAT(f.first_name, ' ', f.last_name), f.email, f.phone, f.active, f.store_id, s.store_name, f.manager_id,
       CONCAT(m.first_name, ' ', m.last_name)
  FROM staffs f
  JOIN stores s ON s.store_id = f.store_id
  LEFT JOIN staffs m ON m.staff_id = f.manager_id
 WHERE f.staff_id = :id
