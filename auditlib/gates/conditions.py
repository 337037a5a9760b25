"""Row conditions: `kind == "message" and is_public == True` as Great Expectations' own conditions.

It takes such strings itself until its next major version; read here, they keep on working, and a
mistake in one is found when the suite is read.
"""

from __future__ import annotations

import ast
import functools
import operator
from collections.abc import Callable
from typing import Any

from auditlib.gates.suites import GateError

RIGHT = 'write, for example, kind == "message", minutes is not None, or a in ["x", "y"]; join with and, or'
Comparison = Callable[[Any, Any], Any]
COMPARISONS: dict[type[ast.cmpop], Comparison] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda column, values: column.is_in(values),
    ast.NotIn: lambda column, values: column.is_not_in(values),
    ast.Is: lambda column, none: column.is_null(),
    ast.IsNot: lambda column, none: column.is_not_null(),
}


def condition(text: str, place: str) -> Any:
    """The condition that the text states; a GateError that says what would be right."""
    try:
        return _read(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, TypeError) as mistake:
        raise GateError(f"{place}: row_condition {text!r} is not understood ({mistake}); {RIGHT}") from None


def _read(node: ast.expr) -> Any:
    from great_expectations.expectations.row_conditions import Column

    match node:
        case ast.BoolOp(op=joint, values=parts):
            join = operator.and_ if isinstance(joint, ast.And) else operator.or_
            return functools.reduce(join, map(_read, parts))
        case ast.Compare(left=ast.Name(id=name), ops=[sign], comparators=[right]):
            value = ast.literal_eval(right)
            if isinstance(sign, (ast.Is, ast.IsNot)) != (value is None):
                raise ValueError("None is compared with is, everything else is not")
            return COMPARISONS[type(sign)](Column(name), value)
    raise ValueError(f"{ast.unparse(node)} compares no column with a value")
