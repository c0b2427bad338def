"""Where results come from: sources, versions and machine. No names of users or hosts are recorded."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from sim.identity import MODEL_VERSION

PACKAGES = ("gongzhi", "numpy", "numba", "mesa", "scipy", "pyarrow", "duckdb", "pandas", "hydra-core", "matplotlib")


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def seconds_since(moment: str) -> float:
    """Seconds from a moment as `now` writes it until now."""
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


def facts() -> dict[str, Any]:
    """Sources, versions and machine of this process."""
    return {
        "model_version": MODEL_VERSION,
        "git": _git(),
        "versions": {"python": platform.python_version(), **{p: v for p in PACKAGES if (v := _version(p))}},
        "machine": {
            "system": platform.system(),
            "release": platform.release(),
            "type": platform.machine(),
            "processors": os.cpu_count(),
            "byte_order": sys.byteorder,
        },
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _git() -> dict[str, Any] | None:
    """Commit of the sources and whether they were changed since, when they lie in a git working tree."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        return None

    def ask(*words: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-C", str(root), *words],
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=10,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.strip()

    commit = ask("rev-parse", "HEAD")
    if commit is None:
        return None
    return {"commit": commit, "changed": bool(ask("status", "--porcelain", "--", "sim", "configs"))}
