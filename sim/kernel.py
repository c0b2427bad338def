"""Plain functions that are compiled on first call, so that importing the model costs nothing.

A kernel is written as an ordinary function over arrays and scalars (numba's nopython subset). It may call other
kernels of any module by name. Compilation is cached on disk in a folder keyed by a hash of all sources, because an
on-disk cache of numba alone does not notice a change in a function imported from another file. What is costly to
compile, the callers of mechanisms, is keyed by `lineage` instead: the sources that one module depends on.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.util
import os
import platform
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MODEL = (
    "agents",
    "binding.py",
    "codes.py",
    "community",
    "kernel.py",
    "mechanisms",
    "model.py",
    "observe",
    "params.py",
    "plan.py",
    "randomness",
    "result.py",
    "scenario",
)  # what a result depends on; charts, commands and stores may change without a new model version


class Kernel(Generic[P, R]):
    """A function compiled by numba when first called; `py_func` is the plain function."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.py_func = function
        functools.update_wrapper(self, function)

    @functools.cached_property
    def compiled(self) -> Any:
        """The numba dispatcher, with every kernel that the function names compiled before it."""
        prepare_cache()
        import numba

        return numba.njit(cache=True, error_model="numpy")(_with_compiled_callees(self))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.compiled(*args, **kwargs)  # type: ignore[no-any-return]


def _with_compiled_callees(item: Kernel[..., Any]) -> Any:
    function = item.py_func
    names = dict(function.__globals__)
    for name in function.__code__.co_names:
        if isinstance(names.get(name), Kernel):
            names[name] = names[name].compiled
    own = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)
    own.__qualname__ = function.__qualname__
    own.__module__ = function.__module__
    return own


def inner(item: Kernel[..., Any]) -> Any:
    """The kernel for other compiled code to call: without the entry for Python, and not cached by itself."""
    import numba

    options: dict[str, Any] = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return numba.njit(**options)(_with_compiled_callees(item))


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Mark a function as a kernel."""
    return Kernel(function)


@functools.lru_cache(maxsize=1)
def source_hash() -> str:
    """First 12 hex digits of the SHA-256 over the sources that can move a result: the model version."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for name in MODEL for p in [root / name, *(root / name).rglob("*")]):
        if path.suffix in {".py", ".psv"}:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


@functools.cache
def _imports(module: str) -> tuple[str, ...]:
    """Modules of this package that a module imports at its top: all that its kernels can refer to."""
    found = set()
    for node in ast.parse(_text(module)).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    ours = (name for name in found if name.startswith(f"{__package__}."))
    return tuple(sorted(name for name in ours if _source(name).is_file()))


@functools.cache
def _source(module: str) -> Path:
    try:
        found = importlib.util.find_spec(module)
    except ModuleNotFoundError:  # a name of a module, not a module
        found = None
    return Path(found.origin) if found and found.origin else Path()


def _text(module: str) -> bytes:
    return _source(module).read_bytes() if _source(module).is_file() else b""  # a module made at run time has no file


@functools.cache
def lineage(module: str) -> str:
    """First 12 hex digits of the SHA-256 over a module and all modules of this package that it depends on."""
    todo, seen = [module], {module}
    while todo:
        fresh = set(_imports(todo.pop())) - seen
        seen |= fresh
        todo.extend(fresh)
    digest = hashlib.sha256()
    for name in sorted(seen):
        digest.update(name.encode())
        digest.update(_text(name).replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def cache_folder() -> Path:
    """Folder of compiled kernels for these sources, this interpreter and this machine type."""
    from platformdirs import user_cache_path

    tag = f"{sys.implementation.cache_tag}-{platform.machine()}"
    return Path(os.environ.get("GONGZHI_CACHE", user_cache_path("gongzhi", appauthor=False))) / tag / source_hash()


def callers_folder() -> Path:
    """Folder of the compiled callers of mechanisms, shared by all versions of the model."""
    return prepare_cache().parent / "callers"


@functools.lru_cache(maxsize=1)
def prepare_cache() -> Path:
    """Point numba at the cache folder, before numba is imported; fall back to a temporary one."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"gongzhi-{folder.parent.name}" / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    return folder
