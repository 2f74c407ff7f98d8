"""The peer of an upsert: pandas reads the file, pymysql sends it in batches of 1,000 and commits once.

Arguments: socket, user, password, database, file. Prints rows a second, from opening the file to the commit.
"""

import sys
import time

import pandas
import pymysql

socket, user, password, database, file = sys.argv[1:]
COLUMNS = ["order_id", "item_id", "product_id", "quantity", "list_price", "discount"]
UPDATES = ", ".join(f"{name} = VALUES({name})" for name in COLUMNS[2:])
STATEMENT = (
    f"INSERT INTO order_items ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "
    f"ON DUPLICATE KEY UPDATE {UPDATES}"
)

begun = time.perf_counter()
rows = pandas.read_csv(file, dtype=str)[COLUMNS].values.tolist()
connection = pymysql.connect(unix_socket=socket, user=user, password=password, database=database)
with connection.cursor() as cursor:
    for start in range(0, len(rows), 1000):
        cursor.executemany(STATEMENT, rows[start : start + 1000])
connection.commit()
print(int(len(rows) / (time.perf_counter() - begun)))
