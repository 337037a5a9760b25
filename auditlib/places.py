"""Where the folders that stand beside the package are: in a checkout, or inside an installed wheel."""

import pathlib

_PACKAGE = pathlib.Path(__file__).resolve().parent
_HOUSE = _PACKAGE if (_PACKAGE / "sql").is_dir() else _PACKAGE.parent

SQL = _HOUSE / "sql"
EXPECTATIONS = _HOUSE / "expectations"
