"""Who may come in: tokens, the teacher's password, the class code, limits, and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I
CODE_LENGTH = 6
TOKEN_BYTES = 24  # 192 bits
TOKEN_SECONDS = 12 * 3600  # a token is good for a day of classes
LINK_SECONDS = 30 * 60  # a link to another device
MOST_STREAMS = 6  # of one seat, for as many tabs and devices
MOST_BODY = 64 * 1024  # bytes of a request
COOKIE, TEACHER_COOKIE = "gongzhi", "gongzhi_teacher"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def new_token() -> str:
    """A token that cannot be guessed, for one person on one device."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is stored of a token; a token has 192 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """A class code that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def csrf_of(token: str) -> str:
    """The form word that belongs to a token; whoever cannot read the cookie cannot make it."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def same(a: str, b: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(a.encode(), b.encode())


class Password:
    """The teacher's password, kept only as a scrypt hash; made anew at every start."""

    def __init__(self, text: str) -> None:
        self.salt = secrets.token_bytes(16)
        self.hash = self._derive(text)

    def _derive(self, text: str) -> bytes:
        return hashlib.scrypt(text.encode()[:256], salt=self.salt, n=2**14, r=8, p=1)

    def fits(self, text: str) -> bool:
        return hmac.compare_digest(self._derive(text), self.hash)


def new_password() -> str:
    """Three times four letters: 60 bits, typed in a classroom."""
    return "-".join("".join(secrets.choice(ALPHABET.lower()) for _ in range(4)) for _ in range(3))


class Limit:
    """At most `most` failures in `seconds` from one address, and `every` from all of them."""

    def __init__(self, most: int, seconds: float, every: int) -> None:
        self.most, self.seconds, self.every = most, seconds, every
        self.failed: OrderedDict[str, deque[float]] = OrderedDict()

    def _recent(self, who: str) -> deque[float]:
        times = self.failed.setdefault(who, deque())
        while times and times[0] < time.monotonic() - self.seconds:
            times.popleft()
        return times

    def blocked(self, who: str) -> bool:
        """Whether somebody has to wait; strangers cannot lock out whoever sits at this machine."""
        if len(self._recent(who)) >= self.most:
            return True
        return who not in ("127.0.0.1", "::1") and len(self._recent("*")) >= self.every

    def fail(self, who: str) -> None:
        for name in (who, "*"):
            self._recent(name).append(time.monotonic())
        while len(self.failed) > 2000:
            self.failed.popitem(last=False)


def good_host(host: str) -> bool:
    """Addresses, localhost and this machine's own name: a name that somebody pointed here from outside is refused."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").lower()
    own = socket.gethostname().lower()
    if name in ("localhost", "testserver", own, f"{own}.local"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Around the whole application: host, size of requests, and the headers of every answer."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        heads = {k.lower(): v for k, v in scope["headers"]}
        if not good_host(heads.get(b"host", b"").decode("latin-1")):
            await _refuse(send, 400, b"unknown host")
            return
        length = heads.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MOST_BODY:
            await _refuse(send, 413, b"too large")
            return
        taken = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BODY:
                return {"type": "http.disconnect"}
            return message

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                have = {k.lower() for k, _ in given}
                given += [h for h in HEADERS if h[0] not in have]
                if b"cache-control" not in have:
                    given.append((b"cache-control", b"no-store"))
                message = {**message, "headers": given}
            await send(message)

        await self.app(scope, counted, with_headers)


async def _refuse(send: Send, status: int, text: bytes) -> None:
    heads = [*HEADERS, (b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": heads})
    await send({"type": "http.response.body", "body": text})


def own_address() -> str:
    """The address of this machine in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; a datagram socket only chooses a route
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
