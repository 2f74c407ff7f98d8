"""Letters to customers with reportlab: the peer of `storekeeper report customer`.

letters.py FILE OUT: reads customers from FILE (JSON), writes a PDF for each into OUT and prints the seconds that took
without Python's start, its imports and the reading.
"""

import json
import sys
import time

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

STATUS = {1: "Pending", 2: "Processing", 3: "Rejected", 4: "Completed"}
STYLES = getSampleStyleSheet()
ROWS = TableStyle(
    [
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
        ("FONT", (0, 1), (-1, -1), "Helvetica", 9),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey),
    ]
)
WIDTHS = [260, 50, 60, 60, 70]


def foot(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(52, 30, "Printed by the bench")
    canvas.drawRightString(A4[0] - 52, 30, f"Page {document.page}")


def letter(customer, place):
    story = [
        Paragraph("Customer report", STYLES["Title"]),
        Paragraph(customer["name"], STYLES["Normal"]),
        Paragraph("<br/>".join(customer["address"]), STYLES["Normal"]),
        Paragraph(f"Dear {customer['name']}, here are your orders.", STYLES["Normal"]),
        Spacer(1, 12),
    ]
    for order in customer["orders"]:
        heading = f"Order {order['id']}, placed {order['day']}: {STATUS[order['status']]}"
        rows = [["Item", "Pieces", "Price", "Discount", "Total"]]
        for product, quantity, price, discount, net in order["lines"]:
            rows.append([product, str(quantity), f"{price:,.2f}", f"{discount:.0%}", f"{net:,.2f}"])
        total = sum(line[4] for line in order["lines"])
        rows.append(["Total", "", "", "", f"{total:,.2f}"])
        story += [Paragraph(heading, STYLES["Heading4"]), Table(rows, WIDTHS, style=ROWS), Spacer(1, 8)]
    SimpleDocTemplate(place, pagesize=A4).build(story, onFirstPage=foot, onLaterPages=foot)


with open(sys.argv[1], encoding="utf-8") as file:
    customers = json.load(file)
begun = time.perf_counter()
for customer in customers:
    letter(customer, f"{sys.argv[2]}/{customer['id']}.pdf")
print(time.perf_counter() - begun)
