"""Plain functions that are compiled on first call, so that importing the model costs nothing.

A kernel is written as an ordinary function over tables, arrays and scalars (numba's nopython subset). It may call other
kernels of any module by name. Compilation is cached on disk under a hash of the instructions and constants of a kernel
and of all that it calls, because an on-disk cache of numba alone does not notice a change in a function imported from
another file; a comment, a label or a file under another name compiles nothing again.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Kernel(Generic[P, R]):
    """A function compiled by numba when first called; `py_func` is the plain function."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.py_func = function
        functools.update_wrapper(self, function)

    @property
    def compiled(self) -> Any:
        """The numba dispatcher, or the plain function where kernels are not to be compiled."""
        return self.py_func if uncompiled() else self._entry

    @functools.cached_property
    def _entry(self) -> Any:
        folder = prepare_cache()
        from sim.engine.dispatch import Entry

        return Entry(_with_compiled_callees(self), folder, self._name)

    @property
    def _name(self) -> str:
        return f"{self.py_func.__name__}-{self.made_of}"

    @property
    def kept(self) -> bool:
        """Whether it was compiled here before."""
        return (prepare_cache() / f"{self._name}.nbi").exists()

    @functools.cached_property
    def made_of(self) -> str:
        """First 12 hex digits of the SHA-256 over all that its compiled code depends on; a comment is no part of it."""
        return hashlib.sha256("\n".join((*_made_of(self, set()), _compiler())).encode()).hexdigest()[:12]

    @functools.cached_property
    def inner(self) -> Any:
        """The same for other compiled code to call."""
        from sim.engine.dispatch import Helper

        return Helper(_with_compiled_callees(self))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.compiled(*args, **kwargs)  # type: ignore[no-any-return]


def _with_compiled_callees(item: Kernel[..., Any]) -> Any:
    function = item.py_func
    names = dict(function.__globals__)
    for name in function.__code__.co_names:
        if isinstance(names.get(name), Kernel):
            names[name] = names[name].inner
    own = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)
    own.__qualname__ = function.__qualname__
    own.__module__ = function.__module__
    return own


def uncompiled() -> bool:
    """Whether kernels run as plain Python, as NUMBA_DISABLE_JIT=1 asks for."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Mark a function as a kernel."""
    return Kernel(function)


def _made_of(item: Kernel[..., Any], seen: set[int]) -> Iterator[str]:
    """Text of all that the compiled code of a kernel depends on: its instructions and constants, and what it names."""
    code, names = item.py_func.__code__, item.py_func.__globals__
    if id(item) in seen:
        return
    seen.add(id(item))
    constants = [getattr(c, "co_code", c) for c in code.co_consts if c != item.py_func.__doc__]
    yield f"{code.co_code.hex()} {constants!r} {code.co_varnames!r} {code.co_names!r}"
    for name in code.co_names:
        value = names.get(name)
        if isinstance(value, Kernel):
            yield from _made_of(value, seen)
        elif isinstance(value, type) and issubclass(value, Enum):
            yield f"{name} {[(member.name, member.value) for member in value]}"
        elif isinstance(value, int | float | str | tuple):
            yield f"{name} {value!r}"
        elif value is not None:
            yield f"{name} {getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"


@functools.cache
def _compiler() -> str:
    """The files that turn a kernel into compiled code."""
    here = Path(__file__).parent
    return "".join((here / name).read_text(encoding="utf-8") for name in ("dispatch.py", "tables_compiled.py"))


def cache_folder() -> Path:
    """Folder of compiled kernels for this interpreter and this machine type; each lies under its own hash."""
    from platformdirs import user_cache_path

    tag = f"{sys.implementation.cache_tag}-{platform.machine()}"
    return Path(os.environ.get("GONGZHI_CACHE", user_cache_path("gongzhi", appauthor=False))) / tag


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
        folder = Path(tempfile.gettempdir()) / f"gongzhi-{folder.name}"
        folder.mkdir(parents=True, exist_ok=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    return folder
