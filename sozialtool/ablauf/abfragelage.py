"""Where the Abfragen of a year stand, what comes next for each; Fachbereiche noted; mails written to copy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool import orte
from sozialtool.ablauf.abfragen import (
    AbfrageZeile,
    abfragen_ordner,
    get_abfrage,
    list_abfragen,
    propose_fachbereiche,
    sort_merkmale,
)
from sozialtool.ablauf.projekte import file_name
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.anschreiben import Anschreiben

__all__ = [
    "Abfragelage", "Abfragemerkmal", "Anschreiben", "list_abfragelagen", "list_abfragemerkmale", "list_fachbereiche", "remove_abfrage", "remove_fachbereich", "save_anschreiben",
    "save_fachbereich",
]  # fmt: skip


@attrs.frozen
class Abfragelage:
    """One Abfrage with what is there already: `fehlend` are names of Merkmale without a figure of the year."""

    zeile: AbfrageZeile
    fehlend: tuple[str, ...] = ()

    @property
    def naechstes(self) -> str:
        """Say what is to be done next, in one sentence."""
        abfrage = self.zeile.abfrage
        if self.zeile.ueberfaellig:
            erinnert = f", zuletzt erinnert am {abfrage.erinnert_am:%d.%m.%Y}" if abfrage.erinnert_am else ""
            return f"Erinnern: Die Frist ist abgelaufen{erinnert}."
        if abfrage.stand is Abfragestand.ANGELEGT and not abfrage.datei:
            return "Formular schreiben."
        return _NAECHSTES[abfrage.stand]


_NAECHSTES = {
    Abfragestand.ANGELEGT: "Formular mit dem Mailtext verschicken und als versandt festhalten.",
    Abfragestand.VERSANDT: "Auf die Antwort warten; was kommt, in den Eingang legen und einsortieren.",
    Abfragestand.ZURUECK: "Den Rücklauf ansehen und annehmen, oder eine Rückfrage schreiben.",
    Abfragestand.IN_RUECKFRAGE: "Die Rückfrage verschicken; die neue Antwort in den Eingang legen und einsortieren.",
    Abfragestand.ANGENOMMEN: "Fertig. Was fehlt, kann nachgeliefert werden.",
}


def list_abfragelagen(projekt: Projekt, jahr: int, heute: dt.date | None = None) -> tuple[Abfragelage, ...]:
    """List the Abfragen of a year with what is still missing of each, in the order of the Fachbereiche."""
    zeilen = list_abfragen(projekt, jahr, heute)
    gefragt = {name for zeile in zeilen for name in zeile.abfrage.merkmale}
    spalten = projekt.read_messwerte(merkmale=sorted(gefragt), ab_jahr=jahr, bis_jahr=jahr) if gefragt else {}
    paare = zip(spalten.get("merkmal", ()), spalten.get("wert", ()), strict=True)
    da = {merkmal for merkmal, wert in paare if wert is not None}
    namen = {m.schluessel: m.name for m in projekt.read(Merkmal)}
    return tuple(
        Abfragelage(zeile, tuple(namen.get(m, m) for m in zeile.abfrage.merkmale if m not in da)) for zeile in zeilen
    )


@attrs.frozen
class Abfragemerkmal:
    """A Merkmal that can be asked: whether it is, whether it belongs to the Fachbereich, and which Indikatoren need it."""

    merkmal: Merkmal
    gefragt: bool
    eigen: bool
    indikatoren: tuple[str, ...]

    @property
    def wahl(self) -> bool:
        """Whether its figures are about an election, whose day has to be known."""
        return "wahl" in self.merkmal.stichtag.casefold()


def list_abfragemerkmale(projekt: Projekt, abfrage: Abfrage) -> tuple[Abfragemerkmal, ...]:
    """List all Merkmale: those that are asked in the order of the form, then the others of the Fachbereich, then the rest."""
    fachbereich = projekt.get(Fachbereich, abfrage.fachbereich) or Fachbereich(abfrage.fachbereich, abfrage.fachbereich)
    eigene = {
        b.merkmal for b in projekt.read(Datenbestand)
        if b.fachbereich == fachbereich.schluessel and b.verfuegbarkeit is not Verfuegbarkeit.FEHLT
    }  # fmt: skip
    brauchen: dict[str, list[str]] = {}
    for indikator in projekt.read(Indikator):
        if indikator.zustand is Zustand.VEREINBART:
            for name in needed_merkmale(indikator):
                brauchen.setdefault(name, []).append(indikator.kennung)
    stelle = {name: nummer for nummer, name in enumerate(abfrage.merkmale)}
    zeilen = [
        Abfragemerkmal(m, m.schluessel in stelle, m.schluessel in eigene or m.fachbereich.casefold() == fachbereich.name.casefold(),
                       tuple(brauchen.get(m.schluessel, ())))
        for m in sort_merkmale(projekt.read(Merkmal))
    ]  # fmt: skip
    return tuple(sorted(zeilen, key=lambda z: (not z.gefragt, stelle.get(z.merkmal.schluessel, 0), not z.eigen)))


def remove_abfrage(projekt: Projekt, fachbereich: str, jahr: int) -> Abfrage:
    """Take an Abfrage back; figures that came with it stay. Raise `BedienFehler` when there is none."""
    abfrage = get_abfrage(projekt, fachbereich, jahr)
    with projekt.change(f"Abfrage {fachbereich} {jahr} entfernt") as schreiber:
        schreiber.remove(Abfrage, abfrage.fachbereich, jahr)
    return abfrage


# -- Fachbereiche -----------------------------------------------------------------------------------------------------


def list_fachbereiche(projekt: Projekt) -> tuple[tuple[Fachbereich, bool], ...]:
    """List the Fachbereiche in their order, then (flag False) those that the Merkmale name and nobody has noted yet."""
    bekannte = sorted(projekt.read(Fachbereich), key=lambda f: (f.reihenfolge, f.name.casefold()))
    return (*((f, True) for f in bekannte), *((f, False) for f in propose_fachbereiche(projekt)))


def save_fachbereich(projekt: Projekt, fachbereich: Fachbereich) -> Fachbereich:
    """Write a Fachbereich down; one without key gets one from its name.

    Raises:
        BedienFehler: the name is empty, or another Fachbereich has it.
    """
    name = fachbereich.name.strip()
    if not name:
        raise BedienFehler("Der Fachbereich hat keinen Namen.", "Bitte einen Namen eintragen.", "FACHBEREICH-NAME")
    alle = projekt.read(Fachbereich)
    schluessel = fachbereich.schluessel or _free_key(file_name(name), {f.schluessel for f in alle})
    if any(f.name.casefold() == name.casefold() and f.schluessel != schluessel for f in alle):
        raise BedienFehler(
            f"Einen Fachbereich „{name}“ gibt es schon.", "Bitte einen anderen Namen wählen.", "FACHBEREICH-NAME"
        )
    neu = attrs.evolve(fachbereich, schluessel=schluessel, name=name)
    with projekt.change(f"Fachbereich {name} notiert") as schreiber:
        schreiber.put(neu)
    return neu


def _free_key(stamm: str, vergeben: set[str]) -> str:
    nummer, schluessel = 1, stamm
    while schluessel in vergeben:
        nummer += 1
        schluessel = f"{stamm}_{nummer}"
    return schluessel


def remove_fachbereich(projekt: Projekt, schluessel: str) -> None:
    """Strike a Fachbereich out; raise `BedienFehler` while something is asked of it."""
    fachbereich = projekt.get(Fachbereich, schluessel)
    jahre = sorted(a.jahr for a in projekt.read(Abfrage) if a.fachbereich == schluessel)
    if fachbereich is None:
        raise BedienFehler(f"Einen Fachbereich „{schluessel}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")
    if jahre:
        raise BedienFehler(
            f"{fachbereich.name} hat Abfragen ({', '.join(map(str, jahre))}) und bleibt deshalb in der Liste.",
            "Wer nicht mehr gefragt werden soll: die Abfrage des Jahres entfernen.",
            "FACHBEREICH-ABFRAGE",
        )
    with projekt.change(f"Fachbereich {fachbereich.name} gestrichen") as schreiber:
        schreiber.remove(Fachbereich, schluessel)


# -- mails ------------------------------------------------------------------------------------------------------------


def save_anschreiben(projekt: Projekt, anschreiben: Anschreiben, jahr: int) -> Path:
    """Write a mail as a text file to `abfragen/<jahr>/`, for those whose terminal cannot copy; return its path.

    With byte order mark and Windows line ends, so that every editor shows umlauts and lines.

    Raises:
        DateiGesperrt, DateiFehler: the file cannot be written.
    """
    from sozialtool.ausgabe.datei import write_ganz

    name = orte.safe_name(f"Mail_{anschreiben.betreff.replace(':', '')}".replace(" ", "_"), "Mail")
    pfad = abfragen_ordner(projekt, jahr) / f"{name}.txt"
    with write_ganz(pfad) as vorlaeufig:
        vorlaeufig.write_text(f"{anschreiben}\n", encoding="utf-8-sig", newline="\r\n")
    return pfad
