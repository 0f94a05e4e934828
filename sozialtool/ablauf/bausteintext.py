"""The Bausteine as plain text, for commands and screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozialtool.ablauf.bausteine import Bausteinaenderung, Bausteinbild
from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.fach.prozess import Umsetzungsstand


def bausteine_text(bilder: Iterable[Bausteinbild]) -> str:
    """Write the Bausteine of a day with what belongs to them, where they stand, who does what next."""
    return "\n\n".join("\n".join(_lines(bild)) for bild in bilder)


def _lines(bild: Bausteinbild) -> list[str]:
    b = bild.baustein
    zeilen = [
        f"{b.nummer} {b.name} – {b.fortschritt.value}" + (f" · zuständig: {b.zustaendig}" if b.zustaendig else "")
    ]
    for inhalt in bild.inhalte:
        zeilen.append(f"  {inhalt.schluessel} {inhalt.text} – {inhalt.fortschritt.value}")
        zeilen += [f"      Nachweis: {describe_nachweis(nachweis)}" for nachweis in bild.nachweise_of(inhalt)]
    for satz in bild.staende:
        zeilen.append(f"  {satz.datum:%d.%m.%Y} {satz.text}")
        zeilen += [f"      Nachweis: {describe_nachweis(nachweis)}" for nachweis in bild.nachweise_of(satz)]
    for was, wer, schritt, bis in bild.schritte:
        zeilen.append(
            f"  Nächster Schritt ({was}): {schritt}"
            + (f", bis {bis:%d.%m.%Y}" if bis else "")
            + (f" – {wer}" if wer else "")
        )
    return zeilen


def aenderungen_text(aenderungen: Sequence[Bausteinaenderung], wovon: str) -> str:
    """Write what has changed since a paper."""
    if not aenderungen:
        return f"Seit {wovon} hat sich nichts geändert."
    zeilen = [f"Was sich seit {wovon} geändert hat:"]
    for aenderung in aenderungen:
        zeilen += ["", f"{aenderung.baustein.nummer} {aenderung.baustein.name}"]
        zeilen += [f"  – {satz}" for satz in aenderung.saetze]
    return "\n".join(zeilen)


def verlauf_text(saetze: Sequence[Umsetzungsstand]) -> str:
    """Write all sentences with their keys, those that do not hold any more with the day of their end."""
    return "\n".join(
        f"{s.baustein}  {s.datum:%d.%m.%Y}  {s.schluessel}  {s.text}"
        + (f"  (überholt am {s.ueberholt:%d.%m.%Y})" if s.ueberholt else "")
        for s in saetze
    )
