"""Where the project's own data folders are: in a checkout beside the package, in a wheel inside it."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    inside, beside = PACKAGE / f"_{name}", PACKAGE.parent / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name}/ belongs to the program but is neither at {inside} nor at {beside}")


def config_dir() -> Path:
    """The Hydra tree of everything a user may choose."""
    return _folder("configs")


def experiments_dir() -> Path:
    """The named questions, one file each."""
    return _folder("experiments")
