"""A mail server for tests: keeps what it accepts, and can be held just before it accepts."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Event, Thread


class Mailbox(socketserver.ThreadingTCPServer):
    """``letters`` were accepted; while it is held none is, and ``waiting`` says that one waits."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[Message] = []
        self.waiting, self.goes_on = Event(), Event()
        self.goes_on.set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def held(self) -> Iterator[None]:
        self.waiting.clear()
        self.goes_on.clear()
        try:
            yield
        finally:
            self.goes_on.set()


class Conversation(socketserver.StreamRequestHandler):
    """SMTP (RFC 5321) as far as a letter needs it."""

    server: Mailbox

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            command = line.split()[0].upper() if line.split() else b""
            if command == b"QUIT":
                self.say("221 bye")
                return
            if command == b"DATA":
                self.take()
            else:
                self.say("250 test")

    def take(self) -> None:
        """The letter is ours once we say so; who is gone by then still has it."""
        self.server.waiting.set()
        self.server.goes_on.wait(60)
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line:
            self.server.letters.append(message_from_bytes(b"".join(lines)))
            self.say("250 accepted")

    def say(self, text: str) -> None:
        try:
            self.wfile.write(f"{text}\r\n".encode())
        except ConnectionError:
            return  # the worker was killed


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
