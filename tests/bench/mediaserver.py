"""A web server on the loopback address that has the same sound for every path, knows Range, and counts its bytes. As far
away and as quick as a site: an answer comes after 20 ms, with 4 MB in a second for each connection."""

import http.server
import re
import socket
import sys
import time

LATENCY, BYTES_PER_SECOND, PIECE = 0.02, 4_000_000, 16_384


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    content = b""
    sent = 0

    def do_GET(self):
        if self.path == "/sent":
            self.answer(200, str(Handler.sent).encode(), counts=False)
            return
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            self.answer(200, self.content)
            return
        first, last = int(asked[1]), min(int(asked[2] or sys.maxsize), len(self.content) - 1)
        if first > last:
            self.answer(416, b"")
            return
        self.answer(206, self.content[first:last + 1], first)

    do_HEAD = do_GET

    def answer(self, status, body, first=0, counts=True):
        self.send_response(status)
        self.send_header("Content-Type", "audio/mp4")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(body)))
        if status == 206:
            self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{len(self.content)}")
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            begun = time.monotonic() + (LATENCY if counts else 0)
            for at in range(0, len(body), PIECE):
                time.sleep(max(0, begun + at / BYTES_PER_SECOND - time.monotonic()))
                piece = body[at:at + PIECE]
                self.connection.sendall(piece)
                Handler.sent += len(piece) if counts else 0
        except OSError:  # the other side has what it wants
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        # What lies in a large buffer was never on the wire.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)
        super().server_bind()


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        Handler.content = file.read()
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
