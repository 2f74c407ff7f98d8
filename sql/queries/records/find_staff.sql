-- Staff whose names have these letters. :name (a LIKE pattern); :limit. Reads staffs whole: they are few.
SELECT f.staff_id, CONCAT(f.first_name, ' ', f.last_name), (SELECT n.store_name FROM stores n WHERE n.store_id = f.store_id)
  FROM staffs f
 WHERE CONCAT(f.first_name, ' ', f.last_name) LIKE :name ESCAPE '!'
 ORDER BY f.last_name, f.first_name, f.staff_id
 LIMIT :limit
