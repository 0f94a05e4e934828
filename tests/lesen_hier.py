"""Reading foreign files without a process of its own, for tests that are not about that process.

Starting Python for each file is most of what reading a small one costs, under Wine more than a second. What runs here is
what the child runs, frames included; its start, its limits and its end are tested where `kindprozess` is marked.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sozialtool.einlesen import kindprozess, protokoll
from sozialtool.fehler import Abgebrochen
from sozialtool.orte import explain_os_error


def run_hier(
    auftrag: dict[str, Any],
    *,
    sekunden: float,
    stop: threading.Event | None,
    empfange: Callable[[int, Any], None],
    modul: str = "",
    rest: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Do what `aufsicht.run_kind` does, in this process; what the child would die of is raised."""
    if stop is not None and stop.is_set():
        raise Abgebrochen("Das Einlesen wurde abgebrochen.")
    begin = None
    if modul:
        from sozialtool.ablauf import registerkind

        assert modul == registerkind.__name__
        begin = registerkind.begin
    kanal = io.BytesIO()
    protokoll.write_frame(kanal, protokoll.AUFTRAG, auftrag | rest())
    anfang = kanal.tell()
    kanal.seek(0)
    rahmen = protokoll.read_frame(kanal)
    assert rahmen is not None
    kanal.seek(anfang)
    try:
        kindprozess.run(rahmen[1], kanal, begin)
    except OSError as ursache:
        raise explain_os_error(Path(auftrag["pfad"]), ursache) from ursache
    kanal.seek(anfang)
    while (rahmen := protokoll.read_frame(kanal)) is not None:
        empfange(*rahmen)
