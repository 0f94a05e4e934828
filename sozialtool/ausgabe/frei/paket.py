"""What xlsxwriter has no way to say: the language of a workbook, and that a title is a heading."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

SPRACHE = "de-DE"
_UEBERSCHRIFT = 16
"""Number of Excel's own cell style "Heading 1" (ECMA-376, part 1, 18.8.7: builtinId)."""


def set_sprache_und_titel(pfad: Path, groesse: int) -> None:
    """Write the language into the properties and tag cells with a font of `groesse` points as headings.

    The parts stay in their order with their dates, so that the same workbook gives the same bytes.
    """
    aendern: dict[str, Callable[[str], str]] = {
        "docProps/core.xml": _add_sprache,
        "xl/styles.xml": lambda text: _tag_titel(text, groesse),
    }
    with zipfile.ZipFile(pfad) as paket:
        teile = [(teil, paket.read(teil)) for teil in paket.infolist()]
    with zipfile.ZipFile(pfad, "w", zipfile.ZIP_DEFLATED) as paket:
        for teil, inhalt in teile:
            aendere = aendern.get(teil.filename)
            paket.writestr(teil, aendere(inhalt.decode("utf-8")).encode("utf-8") if aendere else inhalt)


def _add_sprache(text: str) -> str:
    """Put dc:language (ECMA-376, part 2, core properties) behind the creator."""
    return text.replace("</dc:creator>", f"</dc:creator><dc:language>{SPRACHE}</dc:language>", 1)


def _tag_titel(text: str, groesse: int) -> str:
    """Add the style of headings and let every format with a font of this size follow it."""
    schriften = re.findall(r"<font>.*?</font>", text)
    nummern = [nr for nr, schrift in enumerate(schriften) if f'<sz val="{groesse}"/>' in schrift]
    if not nummern:
        return text
    neu = len(re.findall(r"<xf ", _between(text, "cellStyleXfs")))
    grund = f'<xf numFmtId="0" fontId="{nummern[0]}" fillId="0" borderId="0"/>'
    stil = f'<cellStyle name="Überschrift 1" xfId="{neu}" builtinId="{_UEBERSCHRIFT}"/>'
    text = _append(_append(text, "cellStyleXfs", grund), "cellStyles", stil)
    formate = _between(text, "cellXfs")
    fertig = formate
    for nummer in nummern:
        fertig = re.sub(rf'(<xf [^>]*fontId="{nummer}"[^>]*xfId=")0"', rf'\g<1>{neu}"', fertig)
    return text.replace(formate, fertig, 1)


def _between(text: str, name: str) -> str:
    treffer = re.search(rf"<{name} count=\"\d+\">(.*?)</{name}>", text, re.DOTALL)
    return treffer[1] if treffer else ""


def _append(text: str, name: str, neu: str) -> str:
    """Add an element to a counted list."""
    return re.sub(
        rf'<{name} count="(\d+)">(.*?)</{name}>',
        lambda t: f'<{name} count="{int(t[1]) + 1}">{t[2]}{neu}</{name}>',
        text,
        count=1,
        flags=re.DOTALL,
    )
