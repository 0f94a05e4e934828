"""Values from outside (Kreis, Land) from the files of those who publish them: mapped once, read by themselves ever after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.fach.indikator import Indikator
from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.rohblatt import Rohmappe
    from sozialtool.erhebung.listen import Unterschiede

WEITESTE_JAHRE = 10
"""Values from so many years before the Berichtsjahr are taken over; older ones compare with nothing."""


@attrs.frozen
class Referenzvorschau:
    """What a file would change: the profile that read it, new and changed values, what was not found."""

    profil: Referenzprofil
    unterschiede: Unterschiede
    hinweise: tuple[str, ...] = ()

    @property
    def zeilen(self) -> tuple[str, ...]:
        """One line per value: new, or what it was."""
        neu = (f"neu: {_write(r)}" for r in self.unterschiede.neu)
        geaendert = (f"geändert: {_write(jetzt)} statt {_zahl(alt.wert)}" for alt, jetzt in self.unterschiede.geaendert)
        return (*neu, *geaendert)


def _write(ref: Referenzwert) -> str:
    return f"{ref.indikator}, {ref.name}: {_zahl(ref.wert)}"


def _zahl(wert: float) -> str:
    return f"{wert:.10g}".replace(".", ",")


def list_referenzprofile(projekt: Projekt) -> tuple[Referenzprofil, ...]:
    """List the profiles by name."""
    return tuple(sorted(projekt.read(Referenzprofil), key=lambda p: p.name.casefold()))


def save_referenzprofil(projekt: Projekt, profil: Referenzprofil) -> Aenderung:
    """Store a profile.

    Raises:
        BedienFehler: it names nothing, or an Indikator that does not exist. FeldFehler: a factor cannot be read.
    """
    kennungen = {i.kennung.casefold(): i.kennung for i in projekt.read(Indikator)}
    fremd = [k for k, _ in profil.spalten.values() if k.casefold() not in kennungen]
    if fremd:
        raise BedienFehler(f"Einen Indikator „{fremd[0]}“ gibt es nicht.", "Bitte die Kennung prüfen (F4).")
    if not profil.orte or not profil.spalten or not profil.name.strip():
        raise BedienFehler(
            "Das Profil nennt keinen Raum oder keinen Wert.", "Bitte mindestens einen von beiden nennen."
        )
    with projekt.change(f"Referenzprofil {profil.name} gespeichert") as schreiber:
        schreiber.put(profil)
    return projekt.verlauf(1)[0]


def preview_referenzen(projekt: Projekt, pfad: Path, profil: str = "", jahr: int = 0) -> Referenzvorschau:
    """Read a file by the profile that fits it (or the named one) and show what would change; nothing is changed.

    `jahr`: for a file that names no year. `ablauf.save_liste` takes the differences over.

    Raises:
        BedienFehler: no such profile, none fits, or several do. DatenFehler: it fits, but there is no value. DateiFehler: unreadable.
    """
    from sozialtool.einlesen.lesen import read_rohmappe
    from sozialtool.einlesen.referenztabelle import read_referenztabelle
    from sozialtool.erhebung.listen import Unterschiede, compare_listen

    mappe = read_rohmappe(pfad)
    gewaehlt = _choose(projekt, mappe, profil)
    lesung = read_referenztabelle(mappe, gewaehlt, jahr)
    kennungen = {i.kennung.casefold(): i.kennung for i in projekt.read(Indikator)}
    orte, spalten = gewaehlt.orte, gewaehlt.spalten
    platz = {ort: nummer for nummer, ort in enumerate(orte, start=1)}
    fruehestes = projekt.kommune.berichtsjahr - WEITESTE_JAHRE
    werte: dict[tuple[str, str, int], Referenzwert] = {}
    for fund in lesung.werte:
        kennung, faktor = spalten[fund.kopf]
        neu = Referenzwert(
            kennungen.get(kennung.casefold(), kennung), orte[fund.raum], fund.jahr, round(fund.wert * faktor, 10),
            gewaehlt.quelle, reihenfolge=platz[fund.raum],
        )  # fmt: skip
        if fund.jahr >= fruehestes:
            werte[neu.indikator, neu.raum, neu.jahr] = neu
    if not werte:
        gruende = " ".join(lesung.hinweise) or f"Alle Werte sind älter als {fruehestes}."
        raise DatenFehler(
            f"In „{Path(pfad).name}“ steht kein Wert für dieses Profil. {gruende}", "Bitte das Profil prüfen."
        )
    bisher = [r for r in projekt.read(Referenzwert) if (r.indikator, r.raum, r.jahr) in werte]
    anders = compare_listen(bisher, werte.values())
    return Referenzvorschau(gewaehlt, Unterschiede(anders.neu, anders.geaendert), lesung.hinweise)


def _choose(projekt: Projekt, mappe: Rohmappe, name: str) -> Referenzprofil:
    from sozialtool.einlesen.referenztabelle import fits, list_koepfe

    alle = list_referenzprofile(projekt)
    if name:
        treffer = [p for p in alle if p.name.casefold() == name.strip().casefold()]
        if not treffer:
            raise BedienFehler(f"Ein Referenzprofil „{name}“ gibt es nicht.", _name_alle(alle))
        return treffer[0]
    passend = [p for p in alle if fits(mappe, p)]
    if len(passend) == 1:
        return passend[0]
    if passend:
        namen = ", ".join(p.name for p in passend)
        raise BedienFehler(
            "Mehrere Profile passen zu dieser Datei.", f"Bitte eines nennen: {namen}.", "REFERENZ-MEHRERE"
        )
    koepfe = ", ".join(f"„{kopf}“" for kopf in list_koepfe(mappe))
    raise BedienFehler(
        "Kein Referenzprofil passt zu dieser Datei.", f"Ihre Spalten: {koepfe}. {_name_alle(alle)}", "REFERENZ-PROFIL"
    )


def _name_alle(alle: Sequence[Referenzprofil]) -> str:
    namen = ", ".join(p.name for p in alle)
    return f"Vorhanden: {namen}." if namen else "Bitte die Datei einmal zuordnen."
