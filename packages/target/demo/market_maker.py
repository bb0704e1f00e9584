#!/usr/bin/env python3
"""The demo target in Python: a small market maker on the stormed market of /feed.

In: the l2 dialect of a bridge. Out: /api/state and /api/health, the two routes of any target.
It trades on paper and asks the risk gate before each quote. Standard library only.

    python3 packages/target/demo/market_maker.py --symbol AAPL --port 3002
"""

import argparse
import base64
import collections
import http.server
import json
import os
import socket
import struct
import sys
import threading
import time
import urllib.parse
import urllib.request

DOLLAR = 10_000  # prices are 1/10000 dollar
BPS = 10_000
SECOND_NS = 10**9

# Ways to make a market: how often it looks, and the move within a second at which it pulls, if ever.
STYLES = {
    "careless": {"every_ns": SECOND_NS // 2, "pull_bps": None},
    "careful": {"every_ns": SECOND_NS // 10, "pull_bps": 6},
}


class MarketMaker:
    """Joins the touch within its limits; a careful one pulls and gets out when the price runs."""

    def __init__(self, every_ns, pull_bps, quote_usd=5000, position_usd=10_000):
        self.every_ns, self.pull_bps = every_ns, pull_bps
        self.quote_usd, self.position_usd = quote_usd, position_usd
        self.mids, self.rest_until = collections.deque(), 0

    def decide(self, now_ns, bid, ask, position):
        """(bid price or None, ask price or None, shares of each, whether to get out)"""
        mid = (bid + ask) / 2
        if self.mids and now_ns < self.mids[-1][0]:  # another market
            self.mids.clear()
            self.rest_until = 0
        self.mids.append((now_ns, mid))
        while self.mids[0][0] < now_ns - SECOND_NS:
            self.mids.popleft()
        moved = abs(mid - self.mids[0][1]) / self.mids[0][1] * BPS
        ran = self.pull_bps is not None and moved > self.pull_bps
        if ran:
            self.rest_until = now_ns + 3 * SECOND_NS
        if ran or now_ns < self.rest_until:
            return None, None, 0, True
        held = position * mid / DOLLAR
        quote_bid = bid if held < self.position_usd else None
        quote_ask = ask if held > -self.position_usd else None
        return quote_bid, quote_ask, max(1, int(self.quote_usd * DOLLAR / mid)), False


class Gate:
    """The risk gate over REST; one that cannot be asked refuses."""

    def __init__(self, bridge, token):
        self.bridge, self.headers = bridge, {"content-type": "application/json"}
        if token:
            self.headers["authorization"] = f"Bearer {token}"

    def post(self, path, body):
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.bridge + path, data, self.headers)
        try:
            with urllib.request.urlopen(request, timeout=1) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return {}

    def check(self, order):
        return self.post("/risk/check", order).get("allowed") is True

    def fill(self, order, qty, done):
        self.post("/risk/fill", {**order, "qty": qty, "done": done})


class Bot:
    def __init__(self, name, symbol, gate, maker, cash=1_000_000):
        self.name, self.symbol, self.gate, self.maker = name, symbol, gate, maker
        self.cash = self.start = cash * DOLLAR
        self.position = self.mark = self.trades = self.updates = self.as_of = 0
        self.looked = None
        self.refused = 0
        self.quotes = {}  # side -> working order
        self.beside = {"buy": 0, "sell": 0}  # shares that stand where it quotes
        self.quoting, self.signals = False, collections.deque(maxlen=20)
        self.next_id = int.from_bytes(os.urandom(4), "little") << 24

    def update(self, now_ns, touch, prints):
        self.updates += 1
        for price, qty, aggressor in prints:
            self.print(price, qty, aggressor)
        (bid, bid_qty), (ask, ask_qty) = touch
        if bid is None or ask is None or bid >= ask:
            return
        self.as_of, self.mark = now_ns, (bid + ask) / 2
        if self.looked is not None and 0 <= now_ns - self.looked < self.maker.every_ns:
            return
        self.looked = now_ns
        want_bid, want_ask, size, leave = self.maker.decide(now_ns, bid, ask, self.position)
        if self.quoting == leave:
            self.quoting = not leave
            self.signals.append({"ts_run_ns": now_ns, "signal": "pulled" if leave else "quoting"})
        self.beside = {"buy": bid_qty, "sell": ask_qty}
        self.stand("buy", want_bid, size)
        self.stand("sell", want_ask, size)
        if leave and self.position:
            side, price = ("sell", bid) if self.position > 0 else ("buy", ask)
            order = self.enter(side, price, abs(self.position))
            if order:
                self.fill(order, order["qty"])

    def print(self, price, qty, aggressor):
        """A print at a quote fills its share of the level, one beyond it all of it."""
        side = {"sell": "buy", "buy": "sell"}.get(aggressor)
        order = self.quotes.get(side)
        if order is None:
            return
        beyond = order["price"] - price if side == "buy" else price - order["price"]
        share = order["qty"] / (order["qty"] + self.beside[side])
        filled = min(order["qty"], qty if beyond > 0 else int(qty * share))
        if beyond >= 0 and filled > 0:
            self.fill(order, filled)

    def stand(self, side, price, size):
        order = self.quotes.get(side)
        if (order["price"] if order else None) == price:
            return
        if order:
            del self.quotes[side]
            self.gate.fill(order, 0, True)
        if price is not None:
            self.enter(side, price, size)

    def enter(self, side, price, qty):
        self.next_id += 1
        order = {"symbol": self.symbol, "side": side, "price": price, "qty": qty}
        order["order_id"] = str(self.next_id)
        if not self.gate.check(order):
            self.refused += 1
            return None
        self.quotes[side] = order
        return order

    def fill(self, order, qty):
        signed = qty if order["side"] == "buy" else -qty
        self.position += signed
        self.cash -= signed * order["price"]
        self.trades += 1
        order["qty"] -= qty
        if order["qty"] == 0:
            self.quotes.pop(order["side"], None)
        self.gate.fill(order, qty, order["qty"] == 0)

    def state(self):
        return {
            "name": self.name,
            "stand_in": True,
            "currency": "USD",
            "symbol": self.symbol,
            "equity": round((self.cash + self.position * self.mark) / DOLLAR, 2),
            "total_trades": self.trades,
            "position": self.position,
            "open_orders": len(self.quotes),
            "quoting": self.quoting,
            "as_of_ts_run_ns": self.as_of,
            "updates": self.updates,
            "orders_refused": self.refused,
            "signals": list(self.signals),
        }


class Feed:
    """WebSocket messages of a server that sends text; enough of RFC 6455 to listen."""

    def __init__(self, url, token):
        at = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((at.hostname, at.port or 80), timeout=10)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {at.path}?{at.query} HTTP/1.1",
            f"Host: {at.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        if token:
            lines.append(f"Authorization: Bearer {token}")
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.file = self.socket.makefile("rb")
        status = self.file.readline().decode()
        if " 101 " not in status:
            problem = self.file.read().decode(errors="replace").split("\r\n\r\n")[-1]
            raise ConnectionError(f"{status.strip()} {problem}")
        while self.file.readline().strip():
            pass

    def read(self, count):
        data = self.file.read(count)
        if len(data) < count:
            raise ConnectionError("the feed ended")
        return data

    def messages(self):
        whole = b""
        while True:
            first, second = self.read(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack(">H", self.read(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.read(8))
            payload, opcode = self.read(length), first & 0x0F
            if opcode == 8:
                raise ConnectionError(payload[2:].decode() or "closed")
            if opcode == 9:
                self.pong(payload)
            if opcode > 2:
                continue
            whole += payload
            if first & 0x80:
                yield json.loads(whole)
                whole = b""

    def pong(self, payload):
        """A client masks what it sends; zeros are a mask too."""
        head = struct.pack(">BB", 0x8A, 0x80 | len(payload))
        self.socket.sendall(head + bytes(4) + payload)


def follow(feed, bot):
    sides, seq = {"bids": {}, "asks": {}}, None
    for message in feed.messages():
        if message["type"] == "heartbeat":
            continue
        if message["type"] == "snapshot":
            for side in sides.values():
                side.clear()
        elif message["prev_seq"] != seq:
            raise ConnectionError("a hole in the sequence")
        seq = message["seq"]
        for name, side in sides.items():
            for price, qty, _orders in message[name]:
                side[price] = qty
                if qty == 0:
                    del side[price]
        bid, ask = max(sides["bids"], default=None), min(sides["asks"], default=None)
        touch = (bid, sides["bids"].get(bid, 0)), (ask, sides["asks"].get(ask, 0))
        bot.update(message["ts_run_ns"], touch, message.get("trades", []))


def serve(bot, port):
    class Routes(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            routes = {"/api/state": bot.state, "/api/health": lambda: {"ok": True}}
            route = routes.get(self.path)
            body = json.dumps(route() if route else {"error": "no such route"}).encode()
            self.send_response(200 if route else 404)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Routes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--bridge", default="http://127.0.0.1:8080")
    words.add_argument("--symbol", required=True)
    words.add_argument("--port", type=int, default=3001)
    words.add_argument("--style", choices=STYLES, default="careless")
    words.add_argument("--quote-usd", type=int, default=5000, help="dollars of each quote")
    words.add_argument("--position-usd", type=int, default=10_000, help="most held, in dollars")
    words.add_argument("--token")
    asked = words.parse_args()
    money = {"quote_usd": asked.quote_usd, "position_usd": asked.position_usd}
    maker = MarketMaker(**STYLES[asked.style], **money)
    bot = Bot("demo-target.py (stand-in)", asked.symbol, Gate(asked.bridge, asked.token), maker)
    try:
        port = serve(bot, asked.port)
    except OSError as taken:
        sys.exit(f"port {asked.port}: {taken.strerror}; choose another by --port")
    print(f"stand-in target: http://127.0.0.1:{port}/api/state", flush=True)
    while True:
        try:
            url = f"{asked.bridge}/feed?dialect=l2&symbol={urllib.parse.quote(asked.symbol)}"
            follow(Feed(url, asked.token), bot)
        except (OSError, ConnectionError) as gone:
            print(f"feed: {gone}; again in a second", file=sys.stderr, flush=True)
            time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
