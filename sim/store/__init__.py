"""Results on disk: one folder a study, Parquet tables inside, and where they came from."""

from sim.store.errors import StoreError
from sim.store.folder import Folder
from sim.store.read import StoredStudy, open_study

open = open_study  # as `sim.open(folder)`; the built-in is not used here

__all__ = ["Folder", "StoreError", "StoredStudy", "open", "open_study"]
