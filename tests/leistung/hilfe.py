"""`--hilfe` against bare Python."""

from __future__ import annotations

from tests.leistung.messen import Messung, in_turn, module, program


def measure() -> list[Messung]:
    unser, boden = in_turn([module("sozialtool", "--hilfe"), program("pass")], runden=15)
    return [Messung("sozialtool --hilfe", unser, "python -c pass", boden, None)]
