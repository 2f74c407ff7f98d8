"""The peer of the dashboard, the old way: every row is read into pandas and summed there.

Arguments: socket, user, password, database, first day, last day. Prints the net sales of the booked orders between the days, and
the seconds from the connection to the last figure.
"""

import sys
import time
import warnings

import pandas
import pymysql

warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")
socket, user, password, database, first, last = sys.argv[1:]
begun = time.perf_counter()
connection = pymysql.connect(unix_socket=socket, user=user, password=password, database=database)
read = lambda table: pandas.read_sql(f"SELECT * FROM {table}", connection)
orders, lines, products, stocks = (read(table) for table in ("orders", "order_items", "products", "stocks"))

orders["day"] = orders["order_date"].astype(str)
within = lambda first, last: orders[(orders["day"] >= first) & (orders["day"] <= last)]
booked = lambda orders: orders[orders["order_status"] != 3]
month = booked(within(first, last))
sold = lines.merge(month, on="order_id").merge(products, on="product_id")
net = sold["line_net"].sum()
figures = [net, sold["line_gross"].sum(), sold["quantity"].sum(), len(month)]
for by in ("day", "store_id", "staff_id", "category_id", "brand_id", "product_id"):
    figures.append(sold.groupby(by)["line_net"].sum().sort_values(ascending=False))
year_ago = [f"{int(day[:4]) - 1}{day[4:]}" for day in (first, last)]
figures.append(lines.merge(booked(within(*year_ago)), on="order_id").groupby("day")["line_net"].sum())
open_orders = orders[orders["order_status"].isin([1, 2])]
promised = lines.merge(open_orders, on="order_id").groupby(["store_id", "product_id"])["quantity"].sum()
figures.append(promised.to_frame("promised").join(stocks.set_index(["store_id", "product_id"])["quantity"]))
figures.append(stocks[stocks["quantity"] < 5].sort_values("quantity"))
valued = stocks.merge(products, on="product_id")
figures.append((valued["quantity"] * valued["list_price"]).sum())
print(f"{net:.2f}", time.perf_counter() - begun)
