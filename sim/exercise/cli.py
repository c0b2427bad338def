"""`gongzhi exercise`: start the classroom on this machine, print where it is and the teacher's password."""

from __future__ import annotations

import importlib.util
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.vocabulary.errors import ScenarioError

NEEDED = ("fastapi", "jinja2", "uvicorn", "multipart", "segno")
OPTIONS = ("lang", "langs", "port", "lan", "results_dir", "configs")
PORT = 8765
FOLDER = "exercise"


def main(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """Start the server and stay until it is stopped; returns the exit status. Raises ScenarioError."""
    if words:
        raise ScenarioError(
            f"gongzhi exercise takes no settings; {words[0]!r} is too much (classes are opened in the browser)"
        )
    for key in options:
        if key not in OPTIONS:
            known = ", ".join(f"{o}=" for o in OPTIONS if o not in ("langs", "lan"))
            raise ScenarioError(f"gongzhi exercise has no option {key}=; it has {known}, --lan")
    missing = [n for n in NEEDED if importlib.util.find_spec(n) is None]
    if missing:
        raise ScenarioError(
            f"gongzhi exercise needs packages that are not installed ({', '.join(missing)}); "
            "run `make exercise` or `pip install 'gongzhi[exercise]'`"
        )
    return serve(options)


def serve(options: Mapping[str, Any]) -> int:
    """Prepare the engine and the type, open the log, listen."""
    import uvicorn

    from sim.exercise.app import create
    from sim.exercise.room import Room
    from sim.exercise.security import Password, new_password, own_address
    from sim.exercise.store import Store
    from sim.exercise.type import build
    from sim.exercise.web import Program
    from sim.model.prepare import prepare

    lang, lan = options["lang"], bool(options.get("lan"))
    folder = Path(options.get("results_dir") or "results") / FOLDER
    host = "0.0.0.0" if lan else "127.0.0.1"
    listening = listen(host, int(options.get("port", PORT)))
    port = listening.getsockname()[1]
    prepare(lambda text: print(text, file=sys.stderr, flush=True))
    build(folder)
    address = f"http://{own_address() if lan else '127.0.0.1'}:{port}"
    password = new_password()
    own = Path(options["configs"]).expanduser() if options.get("configs") else None
    store = Store(folder / "exercise.db")
    home = Program(Room(store, own=own), Password(password), address, type_folder=folder)
    print(banner(address, password, store.path, lang), flush=True)
    try:
        config = uvicorn.Config(
            create(home), log_level="warning", access_log=False, server_header=False, date_header=False,
            timeout_graceful_shutdown=2, h11_max_incomplete_event_size=32 * 1024,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        store.close()
        listening.close()
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises ScenarioError when the port is taken."""
    # the protocol is named because asyncio sends small answers at once only where it sees TCP
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there the option would let two programs share the port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as failed:
        made.close()
        raise ScenarioError(f"port {port} cannot be used ({failed.strerror}); choose another with port=") from None
    made.listen(256)
    return made


def banner(address: str, password: str, path: Path, lang: str) -> str:
    """What the teacher sees in the window: addresses, a QR code, the password."""
    import io

    import segno

    from sim.exercise.content import say

    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(out=drawn, compact=True)
    lines = [
        say("started", lang), "", drawn.getvalue(),
        f"  {say('at_address', lang)}: {address}/",
        f"  {say('teacher_at', lang)}: {address}/teacher",
        f"  {say('password_is', lang)}: {password}",
        f"  {say('stored_in', lang)}: {path}", "",
        f"  {say('stop_with', lang)}", f"  {say('simulated', lang)}",
    ]  # fmt: skip
    return "\n".join(lines)
