"""How kernels become machine code: numba's dispatchers with two changes. Imported only when something is compiled.

A helper is compiled once for the types of its arguments, not once more for every constant that a caller writes. And
compiled code lies under the hash of all that it depends on, not under the date of a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numba import types
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.registry import CPUDispatcher

import sim.engine.tables_compiled  # noqa: F401  the types of tables, numbers and the clock

OPTIONS = {"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True}


class Helper(CPUDispatcher):
    """A kernel for other compiled code to call: without the entry for Python, and not cached by itself."""

    def __init__(self, function: Any) -> None:
        super().__init__(function, targetoptions={**OPTIONS, "no_cpython_wrapper": True})

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """The version for arguments of these types, constants taken as any other value of their type."""
        return super().get_call_template(
            tuple(map(types.unliteral, args)), dict(zip(kws, map(types.unliteral, kws.values()), strict=True))
        )


class Entry(CPUDispatcher):
    """A kernel for Python to call, kept in a file of a folder under a name that says all it depends on."""

    def __init__(self, function: Any, folder: Path, name: str) -> None:
        super().__init__(function, targetoptions=OPTIONS)
        self._cache = FunctionCache(function)  # type: ignore[no-untyped-call]
        self._cache._cache_file = IndexDataCacheFile(str(folder), name, "")  # type: ignore[no-untyped-call]
