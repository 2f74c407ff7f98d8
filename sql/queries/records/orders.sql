-- Orders as a table shows them, and whether each is late (docs/FIGURES.md). :as_of, the first day that counts as not yet late.
-- Names and totals are looked up for the rows that are shown, not joined: so no engine begins with the stores and reads every order.
-- Conditions, order and limit are put behind by db/records, which also puts the keys of orders of certain customers before them.
SELECT o.order_id, o.order_date, o.order_status, o.order_status IN (1, 2) AND o.required_date < :as_of,
       (SELECT CONCAT(n.first_name, ' ', n.last_name) FROM customers n WHERE n.customer_id = o.customer_id),
       (SELECT COALESCE(SUM(i.line_net), 0) FROM order_items i WHERE i.order_id = o.order_id),
       (SELECT n.store_name FROM stores n WHERE n.store_id = o.store_id),
       (SELECT CONCAT(n.first_name, ' ', n.last_name) FROM staffs n WHERE n.staff_id = o.staff_id),
       o.required_date, o.shipped_date
  FROM orders o
