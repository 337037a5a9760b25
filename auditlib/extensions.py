"""A company's own files, loaded as modules from folders outside the package (`[extend]` in audit.toml)."""

from __future__ import annotations

import importlib.util
import pathlib
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType


class AsWritten(SourceFileLoader):
    """Reads the file each time: bytecode that is kept for a second would hide an edit of the same second and size."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def load_file(path: pathlib.Path, what: str) -> ModuleType:
    """The module in a file; `what` it is (metrics, sources) keeps the names of different kinds apart."""
    name = f"auditlib_extension_{what}_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path, loader=AsWritten(name, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded: it must be a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
