"""The program behind the bundled before/after pair: a report over a shop's orders.

    python3 orders_report.py before   # writes before.prof
    python3 orders_report.py after    # writes after.prof

Before: prices are fractions.Fraction, tags are looked up in the database once an order, and lines are exported
through the pure-Python JSON encoder (indent=1). After: prices are whole cents, one query fetches all tags, and the
export uses the C encoder. The output is the same to the cent. Standard library only; Python 3.11 made the files.
"""

import cProfile
import csv
import io
import json
import random
import re
import sqlite3
import statistics
import string
import sys
import textwrap
from datetime import datetime, timedelta
from fractions import Fraction

ORDERS = 6000


def make_input(seed=7):
    """The orders as CSV text and a database of their tags."""
    rng = random.Random(seed)
    db = sqlite3.connect(":memory:")
    db.execute("create table tags (order_id integer, tag text)")
    out = io.StringIO()
    writer = csv.writer(out)
    start = datetime(2026, 1, 1)
    for number in range(ORDERS):
        lines = " ".join(
            f"{rng.choice(string.ascii_uppercase)}{rng.randint(100, 999)}x{rng.randint(1, 9)}@{rng.randint(1, 500)}.{rng.randint(0, 99):02d}"
            for _ in range(rng.randint(2, 7))
        )
        writer.writerow([number, f"customer-{rng.randint(1, 90)}", (start + timedelta(hours=number)).isoformat(), lines])
        db.executemany("insert into tags values (?, ?)", [(number, tag) for tag in rng.sample(["gift", "express", "b2b", "return"], 2)])
    return out.getvalue(), db


LINE = re.compile(r"([A-Z])(\d+)x(\d+)@(\d+)\.(\d\d)")


class Before:
    """Exact, and slow: a Fraction an amount, a query an order, the encoder in Python."""

    def price(self, whole, cents):
        return Fraction(int(whole) * 100 + int(cents), 100)

    def rounded(self, amount):
        return float(amount.limit_denominator(100))

    def tags_of(self, db, orders):
        return {order["id"]: self.query_tags(db, order["id"]) for order in orders}

    def query_tags(self, db, order_id):
        return [tag for (tag,) in db.execute("select tag from tags where order_id = ?", (order_id,)).fetchall()]

    def dumps(self, rows):
        return json.dumps(rows, indent=1)


class After(Before):
    """The same figures from whole cents, one query and the C encoder."""

    def price(self, whole, cents):
        return int(whole) * 100 + int(cents)

    def rounded(self, amount):
        return amount / 100

    def tags_of(self, db, orders):
        tags = {order["id"]: [] for order in orders}
        for order_id, tag in db.execute("select order_id, tag from tags"):
            tags[order_id].append(tag)
        return tags

    def dumps(self, rows):
        return json.dumps(rows)


def load_orders(text, variant):
    return [parse_order(row, variant) for row in csv.reader(io.StringIO(text))]


def parse_order(row, variant):
    number, customer, when, lines = row
    return {
        "id": int(number),
        "customer": customer,
        "when": datetime.fromisoformat(when),
        "lines": [parse_line(match, variant) for match in LINE.finditer(lines)],
    }


def parse_line(match, variant):
    group, article, count, whole, cents = match.groups()
    return {"article": group + article, "count": int(count), "price": variant.price(whole, cents)}


def order_total(order):
    return sum(line["price"] * line["count"] for line in order["lines"])


def summarise(orders, variant):
    by_customer = {}
    for order in orders:
        by_customer.setdefault(order["customer"], []).append(order)
    return {customer: customer_summary(theirs, variant) for customer, theirs in sorted(by_customer.items())}


def customer_summary(orders, variant):
    totals = [order_total(order) for order in orders]
    return {
        "orders": len(orders),
        "sum": variant.rounded(sum(totals)),
        "median": statistics.median(variant.rounded(total) for total in totals),
        "spread": statistics.pstdev(variant.rounded(total) for total in totals),
    }


def render(summary, tags):
    lines = []
    for customer, figures in summary.items():
        lines.extend(render_customer(customer, figures))
    lines.extend(textwrap.wrap(" ".join(sorted({tag for theirs in tags.values() for tag in theirs})), 40))
    return "\n".join(lines)


def render_customer(customer, figures):
    text = string.Template("$customer ordered $orders times for $sum in all, half of them under $median").substitute(customer=customer, **figures)
    return textwrap.wrap(text, 36) + textwrap.wrap(f"spread {figures['spread']:.2f}", 36, initial_indent="  ")


def export(orders, tags, variant):
    return variant.dumps([export_row(order, tags, variant) for order in orders])


def export_row(order, tags, variant):
    return {
        "id": order["id"],
        "when": order["when"].strftime("%Y-%m-%d %H:%M"),
        "tags": tags[order["id"]],
        "lines": [{"article": line["article"], "count": line["count"], "price": variant.rounded(line["price"])} for line in order["lines"]],
    }


def main(text, db, variant):
    orders = load_orders(text, variant)
    tags = variant.tags_of(db, orders)
    summary = summarise(orders, variant)
    return render(summary, tags), export(orders, tags, variant)


if __name__ == "__main__":
    side = sys.argv[1]
    text, db = make_input()
    profile = cProfile.Profile()
    report, exported = profile.runcall(main, text, db, {"before": Before, "after": After}[side]())
    profile.dump_stats(f"{side}.prof")
    print(side, len(report), len(json.loads(exported)), file=sys.stderr)
