"""Drives itch-book over one file. In: the file, the clock, and words on stdin: `pass` or `last`.

Out: for `pass`, ns, messages and live orders of books alone, without any table; for `last`, the last
row of the best levels of every instrument. Its core gets mapped bytes in pieces of the size that its
own reader takes.
"""

import mmap
import sys
import time

import numpy
from itch_book._core import Session

CHUNK_BYTES = 8 << 20
COLUMNS = ("locate", "bid_px", "bid_sz", "bid_ct", "ask_px", "ask_sz", "ask_ct")


def pieces(path):
    with open(path, "rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    mapped.madvise(mmap.MADV_SEQUENTIAL)
    data = numpy.frombuffer(mapped, dtype=numpy.uint8)
    for at in range(0, len(data), CHUNK_BYTES):
        yield data[at : at + CHUNK_BYTES]


def books_alone(path, now_ns):
    start_ns = now_ns()
    session = Session(tables=[], depth=0, symbols=[])
    for piece in pieces(path):
        session.feed(piece)
    spent_ns = now_ns() - start_ns
    stats = session.stats()
    return (spent_ns, stats["messages"], stats["live_orders"])


def last_rows(path):
    session = Session(tables=["bbo"], depth=0, symbols=[])
    last = {}
    for piece in pieces(path):
        session.feed(piece)
        table = session.take_bbo()
        for row in zip(*(table[name].tolist() for name in COLUMNS), strict=True):
            last[row[0]] = row
    stats = session.stats()
    names = ("missing_ref", "dup_ref", "rejected", "clamped", "unknown", "malformed")
    refused = sum(stats[name] for name in names)
    return [(stats["live_orders"], refused, len(last)), *last.values()]


def main():
    path, clock = sys.argv[1:]
    now_ns = time.thread_time_ns if clock == "processor" else time.perf_counter_ns
    for word in sys.stdin:
        rows = [books_alone(path, now_ns)] if word.strip() == "pass" else last_rows(path)
        for row in rows:
            print(*row)
        sys.stdout.flush()


main()
