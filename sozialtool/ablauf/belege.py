"""Evidence of a need: what a key points to, and the released figure, the place or the voice behind it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from sozialtool.ablauf.bestandstafel import describe_versorgung
from sozialtool.ablauf.versorgungsbild import Versorgungsbild, list_masse
from sozialtool.fach.bedarf import Stimme
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.planung import Befragungsfrage, Einrichtung
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.versorgung import Versorgungslage, Versorgungsmass, Versorgungszeile, Zaehlweise
from sozialtool.projekt import Projekt
from sozialtool.rechnen.versorgung import Regel


class Belegart(enum.Enum):
    """Kinds of evidence; several kinds say more than several of one."""

    ZAHL = "Zahl"
    BESTAND = "Bestand"
    STIMME = "Stimme"


_ARTEN: dict[type, Belegart] = {
    Indikator: Belegart.ZAHL, Versorgungsmass: Belegart.BESTAND, Einrichtung: Belegart.BESTAND,
    Stimme: Belegart.STIMME, Befragungsfrage: Belegart.STIMME,
}  # fmt: skip


@attrs.frozen
class Beleg:
    """One piece of evidence: the key as written, its kind, and the record it points to."""

    schluessel: str
    art: Belegart
    eintrag: Any


@attrs.frozen
class Belegregister:
    """Finds the record behind a key, whatever its case; a key that several records bear belongs to none."""

    eintraege: Mapping[str, tuple[Any, ...]]

    def find(self, schluessel: str) -> Beleg | None:
        """Return the evidence, or None where nothing or several things bear this key."""
        treffer = self.eintraege.get(schluessel.strip().casefold(), ())
        return Beleg(schluessel, _ARTEN[type(treffer[0])], treffer[0]) if len(treffer) == 1 else None

    def check(self, schluessel: str) -> str:
        """Say what is wrong with a key; "" for nothing."""
        anzahl = len(self.eintraege.get(schluessel.strip().casefold(), ()))
        if anzahl > 1:
            return f"Den Beleg „{schluessel}“ gibt es mehrmals; bitte die Schlüssel unterscheiden."
        return (
            ""
            if anzahl
            else f"Einen Beleg „{schluessel}“ gibt es nicht (Indikator, Versorgung, Einrichtung, Stimme, Befragung/Frage)."
        )


def build_belegregister(projekt: Projekt, listen: Mapping[type, Sequence[Any]] | None = None) -> Belegregister:
    """Collect everything that can be evidence; what stands in `listen` counts instead of what the project has."""
    neu = listen or {}
    orte: dict[str, list[Any]] = {}
    for klasse in _ARTEN:
        bisher = list_masse(projekt) if klasse is Versorgungsmass else projekt.read(klasse)
        for eintrag in (*neu.get(klasse, ()), *(() if klasse in neu and len(neu[klasse]) > 1 else bisher)):
            gleich = orte.setdefault(name_beleg(eintrag).casefold(), [])
            if not any(type(da) is klasse for da in gleich):  # an entry that is being changed is there twice
                gleich.append(eintrag)
    return Belegregister({name: tuple(da) for name, da in orte.items()})


def name_beleg(eintrag: Any) -> str:
    """Return the key under which a record can be evidence."""
    if isinstance(eintrag, Befragungsfrage):
        return f"{eintrag.befragung}/{eintrag.nummer}"
    return str(eintrag.kennung if isinstance(eintrag, Indikator) else eintrag.schluessel)


def describe_versorgungsbeleg(bild: Versorgungsbild, z: Versorgungszeile, regel: Regel) -> str:
    """Say in one sentence how an area is supplied; two figures that differ are never called alike without the reason."""
    kopf = describe_versorgung(bild, z)[0]
    if z.lage is not Versorgungslage.WIE_STADT or z is bild.stadt:
        return " ".join(filter(None, (kopf, z.grund)))
    hier, stadt = (format_zahl(wert, bild.mass.stellen, leer="–") for wert in (z.wert, bild.stadt.wert))
    warum = "" if hier == stadt else _explain_unauffaellig(bild.mass, z, regel)
    return kopf.replace(z.lage.wort, warum) if warum else kopf


def _explain_unauffaellig(mass: Versorgungsmass, z: Versorgungszeile, regel: Regel) -> str:
    """Which part of the rule (`rechnen.versorgung`) keeps a difference from being a gap or a surplus."""
    if z.abstand is not None and abs(z.abstand) < 1:
        eins = "ein ganzer Platz" if mass.zaehlt is Zaehlweise.PLAETZE else "eine ganze Einrichtung"
        return f"nicht auffällig: der Unterschied ist kleiner als {eins}"
    grenzen = f"{format_zahl(regel.luecke * 100)} % und {format_zahl(regel.mehr * 100)} %"
    return f"nicht auffällig: zwischen {grenzen} der Stadt"
