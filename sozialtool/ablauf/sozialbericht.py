"""The Sozialbericht: written as Word from released figures and the planning, to be written on there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.bedarfsbild import build_bedarfsbilder
from sozialtool.ablauf.bericht import build_bericht
from sozialtool.ablauf.controlling import build_massnahmenbilder
from sozialtool.ablauf.drucksachen import say_anlage
from sozialtool.ablauf.plangrundlage import Plangrundlage, build_plangrundlage
from sozialtool.ablauf.profilblatt import read_stoff
from sozialtool.ablauf.textfelder import Stueckart, Textfelder, build_textfelder
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.zielbild import build_zielbilder
from sozialtool.ablauf.zieltafel import describe_geld
from sozialtool.fach.bedarf import Bedarfsstand
from sozialtool.fach.indikator import Handlungsfeld
from sozialtool.fach.raum import SOZIALRAUM, Ebene, Gebiet
from sozialtool.fach.schreibweise import format_dauer, format_zahl
from sozialtool.fehler import Abgebrochen, BedienFehler
from sozialtool.orte import find_frei
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.berichtsstoff import Berichtsstoff, Berichtswahl, Planliste
    from sozialtool.ausgabe.stuecke import Satz

NAME = "Sozialbericht"


def write_sozialbericht(
    projekt: Projekt,
    jahr: int = 0,
    drucksache: str = "",
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    felder: Iterable[str] = (),
    raeume: Iterable[str] = (),
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
) -> Path:
    """Write ausgaben/<jahr>/Sozialbericht_<jahr>.docx and return its path; one that is there stays, the new one gets a number.

    `felder`, `raeume`: names or keys of the Handlungsfelder and Sozialräume that get a chapter, (): all.
    `grenzen_geprueft`, `bekanntes_hinnehmen`: as in `vorlegen.ausgeben`.

    Raises:
        BedienFehler: no such Handlungsfeld, Sozialraum, no figure in that year. GeheimhaltungsFehler: as in `vorlegen.ausgeben`.
        DatenFehler: nothing to compute. DateiFehler: cannot be written. Abgebrochen: stopped, nothing was written.
    """
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.sozialbericht import write_sozialbericht as schreibe

    wahl = find_wahl(projekt, felder, raeume)
    stoff = read_berichtsstoff(
        projekt, jahr, drucksache, fortschritt, stop, stand=stand, grenzen_geprueft=grenzen_geprueft,
        bekanntes_hinnehmen=bekanntes_hinnehmen,
    )  # fmt: skip
    ordner = ausgaben_ordner(projekt, stoff.bank.bericht.jahr)
    make_folder(ordner)
    pfad = find_frei(ordner / f"{NAME}_{stoff.bank.bericht.jahr}.docx")
    check_stop(stop)
    schreibe(pfad, stoff, wahl)
    return pfad


def check_stop(stop: Stop | None) -> None:
    """Raise `Abgebrochen` when the planner has pressed stop."""
    if stop is not None and stop.is_set():
        raise Abgebrochen("Der Sozialbericht wurde angehalten.", "Es wurde nichts geschrieben.")


def read_berichtsstoff(
    projekt: Projekt, jahr: int = 0, drucksache: str = "", fortschritt: Fortschritt | None = None, stop: Stop | None = None, *,
    stand: dt.date | None = None, grenzen_geprueft: bool = False, bekanntes_hinnehmen: bool = False,
) -> Berichtsstoff:  # fmt: skip
    """Compute and protect, and collect what the chapters need; arguments and errors as in `write_sozialbericht`."""
    from sozialtool.ablauf.hinausweg import Hinausweg
    from sozialtool.ablauf.kennzahlen import check_jahr, compute
    from sozialtool.ausgabe.berichtsstoff import Berichtsstoff
    from sozialtool.ausgabe.sozialbericht import build_bank

    gefragt, tag = jahr or projekt.kommune.berichtsjahr, stand or dt.date.today()
    weg = Hinausweg(projekt, tag, grenzen_geprueft=grenzen_geprueft, bekanntes_hinnehmen=bekanntes_hinnehmen)
    weg.require_vorab()
    ergebnis = compute(projekt, fortschritt, stop)
    weg.require_ergebnis(ergebnis)
    check_jahr(gefragt, set(ergebnis.tabelle.kennzahlen["jahr"]))
    check_stop(stop)
    grundlage = build_plangrundlage(projekt, ergebnis, gefragt)
    bericht = attrs.evolve(
        build_bericht(projekt, ergebnis, gefragt, drucksache, tag, nur_zahlen=True),
        anlage=say_anlage(projekt, [f"{NAME}_{gefragt}.docx"], drucksache),
    )
    profile = tuple(
        (titel, {gebiet: tuple(saetze) for gebiet, saetze in je.items()})
        for titel, je in read_stoff(projekt, grundlage)
    )
    felder = build_textfelder(projekt, grundlage, stand=tag, weitere={"Drucksache": drucksache})
    return Berichtsstoff(
        build_bank(bericht), _list_empfehlungen(projekt, grundlage), _list_ziele(projekt, grundlage),
        _list_massnahmen(projekt, grundlage), profile, lambda text: fill(felder, text),
    )  # fmt: skip


def fill(felder: Textfelder, text: str) -> tuple[str | Satz, ...]:
    """Fill a text; every place becomes a piece that knows what stood between its braces."""
    from sozialtool.ausgabe.stuecke import Satz

    gefuellt = felder.fill(text)
    hinweise = list(gefuellt.hinweise)
    return tuple(
        Satz(f"{{{s.feld}}}", f"Zahl {{{s.feld}}}", s.text, next((h for h in hinweise if f"{{{s.feld}}}" in h), ""))
        if s.art is Stueckart.FELD
        else s.text
        for s in gefuellt.stuecke
    )


def find_wahl(projekt: Projekt, felder: Iterable[str], raeume: Iterable[str]) -> Berichtswahl:
    """Find chosen Handlungsfelder and Sozialräume by name or key.

    Raises:
        BedienFehler: there is no such one; those that there are are named.
    """
    from sozialtool.ausgabe.berichtsstoff import Berichtswahl

    alle, gebiete = list_kapitel(projekt)
    return Berichtswahl(_find(alle, felder, "Handlungsfeld"), _find(gebiete, raeume, "Sozialraum"))


def list_kapitel(projekt: Projekt) -> tuple[dict[str, str], dict[str, str]]:
    """Return key → name of the Handlungsfelder and of the Sozialräume, in their order."""
    ebene = next((e.schluessel for e in projekt.read(Ebene) if e.planungsebene), SOZIALRAUM)
    felder = sorted(projekt.read(Handlungsfeld), key=lambda f: (f.reihenfolge, f.schluessel))
    gebiete = sorted(projekt.read(Gebiet), key=lambda g: (g.reihenfolge, g.schluessel))
    raeume = {g.schluessel: g.name for g in gebiete if g.ebene == ebene and not g.ist_rest}
    return {f.schluessel: f.name for f in felder}, raeume


def _find(alle: dict[str, str], gesucht: Iterable[str], was: str) -> frozenset[str]:
    nach = {wort.casefold(): key for key, name in alle.items() for wort in (name, key)}
    gefunden = set()
    for wort in gesucht:
        if wort.strip().casefold() not in nach:
            artikel = "Ein" if was == "Handlungsfeld" else "Einen"
            raise BedienFehler(f"{artikel} {was} „{wort}“ gibt es nicht.", f"Möglich sind: {', '.join(alle.values())}.")
        gefunden.add(nach[wort.strip().casefold()])
    return frozenset(gefunden)


def _orte(grundlage: Plangrundlage, gebiete: Iterable[str]) -> str:
    return ", ".join(grundlage.name(g) for g in gebiete) or "ganze Stadt"


def _list_empfehlungen(projekt: Projekt, grundlage: Plangrundlage) -> Planliste:
    """List the needs that are not refused, the most urgent first."""
    from sozialtool.ausgabe.berichtsstoff import Planliste

    bilder = [b for b in build_bedarfsbilder(projekt, grundlage) if b.bedarf.stand is not Bedarfsstand.VERWORFEN]
    zeilen = tuple(
        (
            b.bedarf.name, f"{_orte(grundlage, b.bedarf.gebiete)}\n{', '.join(b.bedarf.zielgruppe)}".strip(), b.prioritaet.value,
            b.bedarf.empfehlung or "–", b.bedarf.stand.value,
        )
        for b in bilder
    )  # fmt: skip
    return Planliste(
        "Empfehlungen", ("Bedarf", "Wo und für wen", "Priorität", "Empfehlung", "Stand"), (4.4, 3.8, 1.9, 4.8, 2.1), zeilen,
        tuple(b.bedarf.handlungsfeld for b in bilder),
    )  # fmt: skip


def _list_ziele(projekt: Projekt, grundlage: Plangrundlage) -> Planliste:
    from sozialtool.ausgabe.berichtsstoff import Planliste

    bilder, zeilen = build_zielbilder(projekt, grundlage), []
    for b in bilder:
        z, s = b.ziel, b.stand
        ind = grundlage.indikatoren.get(z.indikator)
        stellen = ind.nachkommastellen if ind else 1
        einheit = f" {ind.einheit}" if ind else ""
        start = (
            ("–" if b.eintrag.startwert is None else "geheim")
            if z.startwert is None
            else f"{format_zahl(z.startwert, stellen)} ({z.startjahr})"
        )
        jetzt = "–" if s.jetzt is None else f"{format_zahl(s.jetzt.wert, stellen)} ({s.jetzt.jahr})"
        soll = "–" if z.zielwert is None else f"{format_zahl(z.zielwert, stellen)}{einheit}"
        bis = f"\nbis {write_tag(z.ziel_bis)}" if z.ziel_bis else ""
        name = f"{z.name}\n{grundlage.name(z.gebiet)}"
        zeilen.append((name, ind.name if ind else "–", start, jetzt, f"{soll}{bis}", s.ampel.text))
    kopf = ("Ziel und Sozialraum", "Woran man es sieht", "Start", "jetzt", "Ziel", "Ampel")
    return Planliste("Ziele", kopf, (4.6, 3.6, 2.0, 2.0, 2.2, 2.6), tuple(zeilen), tuple("" for _ in bilder))


def _list_massnahmen(projekt: Projekt, grundlage: Plangrundlage) -> Planliste:
    from sozialtool.ausgabe.berichtsstoff import Planliste

    bilder = build_massnahmenbilder(projekt, grundlage)
    zeilen = tuple(
        (
            b.massnahme.name, f"{b.massnahme.verantwortlich}\n{_orte(grundlage, b.massnahme.gebiete)}",
            f"{format_dauer(b.massnahme.beginn, b.massnahme.ende)}\n{b.massnahme.stand.value}",
            describe_geld(b, urteil=False), b.ziel.ziel.name if b.ziel else "–",
        )
        for b in bilder
    )  # fmt: skip
    return Planliste(
        "Maßnahmen", ("Maßnahme", "Wer und wo", "Wann und Stand", "Geld", "Ziel"), (3.4, 3.3, 2.5, 5.2, 2.6), zeilen,
        tuple("" for _ in bilder),
    )  # fmt: skip
