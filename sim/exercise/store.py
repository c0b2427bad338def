"""The log of events in SQLite (WAL, synchronous=FULL): an event that `append` returned from survives a lost process."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.exercise.machine import Event

TABLES = """
CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS event_session ON event (session, seq);
CREATE TABLE IF NOT EXISTS token (
  hash TEXT PRIMARY KEY, session TEXT NOT NULL, player TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS outcome (
  session TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (session, key)
);
"""


class Store:
    """One file. Events are the truth; outcomes are kept so that the engine need not run again; tokens are hashes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.executescript(TABLES)

    def append(self, session: str, kind: str, data: Mapping[str, Any], at: float | None = None) -> Event:
        """Write one event down; it is on the disk when this returns."""
        when = time.time() if at is None else at
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        cursor = self.db.execute(
            "INSERT INTO event (session, at, kind, data) VALUES (?, ?, ?, ?)", (session, when, kind, text)
        )
        return Event(kind, when, json.loads(text), int(cursor.lastrowid or 0))

    def events(self, session: str) -> list[Event]:
        rows = self.db.execute("SELECT kind, at, data, seq FROM event WHERE session = ? ORDER BY seq", (session,))
        return [Event(kind, at, json.loads(data), seq) for kind, at, data, seq in rows]

    def sessions(self) -> list[str]:
        """Ids of all sessions, the oldest first."""
        return [r[0] for r in self.db.execute("SELECT session FROM event GROUP BY session ORDER BY MIN(seq)")]

    def add_token(self, digest: str, session: str, player: str) -> None:
        self.db.execute("INSERT INTO token VALUES (?, ?, ?, ?)", (digest, session, player, time.time()))

    def token(self, digest: str, seconds: float) -> tuple[str, str] | None:
        """Session and player of a token's hash, when it was made no longer than so many seconds ago."""
        row = self.db.execute(
            "SELECT session, player FROM token WHERE hash = ? AND at > ?", (digest, time.time() - seconds)
        ).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def drop_token(self, digest: str) -> None:
        self.db.execute("DELETE FROM token WHERE hash = ?", (digest,))

    def drop_tokens(self, older: float) -> None:
        """Remove tokens that are older than some seconds."""
        self.db.execute("DELETE FROM token WHERE at < ?", (time.time() - older,))

    def drop_seat(self, session: str, player: str) -> None:
        """Remove all tokens of one player."""
        self.db.execute("DELETE FROM token WHERE session = ? AND player = ?", (session, player))

    def keep(self, session: str, key: str, outcome: Mapping[str, Any]) -> None:
        self.db.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", (session, key, json.dumps(outcome)))

    def kept(self, session: str, key: str) -> dict[str, Any] | None:
        row = self.db.execute("SELECT data FROM outcome WHERE session = ? AND key = ?", (session, key)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def delete(self, session: str) -> None:
        """Remove a session and everything in it, from the log file of the database too."""
        self.db.execute("BEGIN IMMEDIATE")
        for table in ("event", "token", "outcome"):
            self.db.execute(f"DELETE FROM {table} WHERE session = ?", (session,))  # table names are ours
        self.db.execute("COMMIT")
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.db.close()
