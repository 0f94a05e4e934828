"""Workers with one habit: errors of the domain become a dialog, and the same intention never runs twice at once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from sozialtool.fehler import Abgebrochen, SozialtoolFehler

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

P = ParamSpec("P")
K = TypeVar("K", bound=DOMNode)


def arbeit(
    methode: Callable[Concatenate[K, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[K, P], Worker[None] | None]:
    """Make a worker of an async method; while one is under way a second call does nothing.

    `SozialtoolFehler` ends in a dialog, `Abgebrochen` in a short message; anything else is a crash and ends the program
    with a log file.
    """

    def starte(selbst: K, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None] | None:
        gruppe = f"{type(selbst).__name__}.{methode.__name__}"
        laufende = (worker for worker in selbst.workers if worker.group == gruppe and worker.node is selbst)
        if any(not worker.is_finished for worker in laufende):
            return None

        async def ablaufen() -> None:
            tool = cast("SozialtoolApp", selbst.app)
            try:
                await methode(selbst, *args, **kwargs)
            except Abgebrochen as abbruch:
                tool.melde(str(abbruch) or "Abgebrochen. Es wurde nichts geändert.")
            except SozialtoolFehler as fehler:
                await tool.zeige_fehler(fehler)
            except NoMatches:
                if not is_going(selbst):
                    raise

        return selbst.run_worker(ablaufen(), group=gruppe, name=methode.__name__, description=methode.__name__)

    functools.update_wrapper(starte, methode)
    return starte


def is_going(knoten: DOMNode) -> bool:
    """Whether it is just being closed: Textual takes away its parts first and stops its workers after that."""
    # Textual has no public word for it.
    return knoten._pruning or knoten._closing or not knoten.is_attached  # noqa: SLF001
