"""A small OpenAPI service over a SQLite file: every table at /api/v1/<table>, pages by skip and limit."""

import os
import sqlite3

from fastapi import FastAPI, Query

app = FastAPI()
store = sqlite3.connect(os.environ["STORE"], check_same_thread=False)
store.row_factory = sqlite3.Row


def serve(table):
    def rows(skip: int = 0, limit: int = Query(100, le=200)):
        total = store.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        page = store.execute(f"SELECT * FROM {table} ORDER BY rowid LIMIT ? OFFSET ?", (limit, skip))
        return {"total": total, "items": [dict(row) for row in page]}

    app.get(f"/api/v1/{table.replace('_', '-')}", operation_id=f"list_{table}")(rows)


for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
    serve(name)
