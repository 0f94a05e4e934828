"""How the project of Lindenrath is set up: areas and Gebietsstände, Fachbereiche, agreements, Bausteine, import profiles."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from sozialtool.ablauf import projekte
from sozialtool.ablauf.fassungen import make_step
from sozialtool.ablauf.karte import read_umrisse, save_umrisse
from sozialtool.fach.abfrage import Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.felder import felder_of
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fach.prozess import Fortschritt as Umsetzung
from sozialtool.fach.quelle import Importprofil
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fach.verteilung import Mitteleinheit, Schluesselart, Verteilungsszenario
from sozialtool.projekt import Projekt


def create_lindenrath(ordner: Path, quelle: Path) -> Projekt:
    """Set the project up: areas, agreed indicators, Bausteine, import profiles; no figures yet."""
    angaben = read_toml(quelle / "kommune.toml")
    projekt = projekte.create_projekt(ordner, Kommune(**angaben["kommune"][0]))
    try:
        _set_up(projekt, quelle, angaben)
    except BaseException:
        projekt.close()
        raise
    return projekt


def _set_up(projekt: Projekt, quelle: Path, angaben: dict[str, Any]) -> None:
    with projekt.change("Sozialräume von Lindenrath angelegt", "beispieldaten") as schreiber:
        schreiber.put(*read_csv(quelle / "ebenen.csv", Ebene), *read_csv(quelle / "gebiete.csv", Gebiet))
        schreiber.put(*read_csv(quelle / "umsteiger_bezirke.csv", Umsteiger))
        schreiber.put(*_gebietsstaende(quelle, angaben["gebietsstand"]))
    save_umrisse(projekt, read_umrisse(projekt, quelle / "karte" / "Statistische_Bezirke.geojson"))
    with projekt.change("Fachbereiche und Datenübersicht eingetragen", "beispieldaten") as schreiber:
        schreiber.put(*_fachbereiche(projekt, read_toml(quelle / "fachbereiche.toml")["fachbereich"]))
    with projekt.change("Indikatoren vereinbart", "beispieldaten") as schreiber:
        schreiber.put(*_agreements(projekt, quelle), *read_csv(quelle / "referenzwerte.csv", Referenzwert))
    with projekt.change("Sozialindex vereinbart, Mittelverteilungen vorgeschlagen", "beispieldaten") as schreiber:
        schreiber.put(*_index(read_toml(quelle / "index.toml")))
    with projekt.change("Gremien und Sitzungen eingetragen", "beispieldaten") as schreiber:
        for klasse in (Gremium, Sitzung, Thema, Tagesordnungspunkt, Beschluss, Aufgabe, Beteiligung):
            schreiber.put(*read_csv(quelle / "prozess" / f"{klasse.__name__.lower()}.csv", klasse))
    with projekt.change("Stand der Bausteine eingetragen", "beispieldaten") as schreiber:
        schreiber.put(*_progress(projekt, quelle))
    with projekt.change("Zuordnungen der Fachbereiche übernommen", "beispieldaten") as schreiber:
        schreiber.put(*read_profile(quelle / "profile.toml"))


def read_toml(pfad: Path) -> dict[str, Any]:
    """Read a TOML file of the example."""
    return tomllib.loads(pfad.read_text(encoding="utf-8"))


def read_csv(pfad: Path, klasse: type) -> Iterator[object]:
    """Read a list of the example: heads are the names of the fields, values as people type them."""
    felder = {feld.name: feld for feld in felder_of(klasse)}
    with pfad.open(encoding="utf-8", newline="") as datei:
        for zeile in csv.DictReader(datei, delimiter=";"):
            yield klasse(**{name: felder[name].from_text(text) for name, text in zeile.items()})


def _gebietsstaende(quelle: Path, angaben: list[dict[str, Any]]) -> Iterator[object]:
    """Gebietsstände with their Sozialräume, and how the agreed ones were agreed, with the definition of then."""
    raeume = [raum for raum in read_csv(quelle / "raeume.csv", Raum) if isinstance(raum, Raum)]
    lage = [z for z in read_csv(quelle / "raumzuordnungen.csv", Raumzuordnung) if isinstance(z, Raumzuordnung)]
    yield from (*raeume, *lage)
    felder = {feld.name for feld in felder_of(Gebietsstand)}
    for eintrag in angaben:
        stand = Gebietsstand(**{name: wert for name, wert in eintrag.items() if name in felder})
        yield stand
        if not stand.variante:
            inhalt = {
                "raeume": {r.schluessel: r.name for r in raeume if r.gebietsstand == stand.schluessel},
                "zuordnung": {z.gebiet: z.raum for z in lage if z.gebietsstand == stand.schluessel},
            }
            yield Vereinbarung(
                Gegenstand.GEBIETSSTAND, stand.schluessel, 1, Zustand.VEREINBART, am=stand.beschlossen_am,
                gremium=stand.gremium, sitzung=eintrag.get("sitzung", ""), abweichend=eintrag.get("abweichend", ""),
                inhalt=json.dumps(inhalt, ensure_ascii=False, sort_keys=True),
            )  # fmt: skip


def _fachbereiche(projekt: Projekt, angaben: list[dict[str, Any]]) -> Iterator[object]:
    """Each Fachbereich, and a line of the Datenübersicht for each Merkmal that names it."""
    merkmale = projekt.read(Merkmal)
    for nummer, eintrag in enumerate(angaben, start=1):
        schluessel, name = eintrag["schluessel"], eintrag["name"]
        yield Fachbereich(schluessel, name, eintrag["ansprechrolle"], eintrag.get("hinweis", ""), nummer)
        texte = {feld: eintrag[feld] for feld in _BESTAND if feld in eintrag}
        for merkmal in merkmale:
            if merkmal.fachbereich == name:
                fehlt = merkmal.schluessel in eintrag.get("fehlt", ())
                art = Verfuegbarkeit.FEHLT if fehlt else Verfuegbarkeit.VORHANDEN
                yield Datenbestand(schluessel, merkmal.schluessel, art, stichtag=merkmal.stichtag, **texte)


_BESTAND = ("kleinste_ebene", "turnus", "format", "rechtsgrundlage", "datenschutz", "bemerkung")


def _agreements(projekt: Projekt, quelle: Path) -> Iterator[Indikator]:
    for vereinbarung in read_toml(quelle / "vereinbart.toml")["vereinbarung"]:
        for kennung in vereinbarung["kennungen"]:
            indikator = projekt.get(Indikator, kennung)
            if indikator is not None:
                yield attrs.evolve(
                    indikator,
                    zustand=Zustand.VEREINBART,
                    vereinbart_am=vereinbarung["vereinbart_am"],
                    gremium=vereinbarung["gremium"],
                )


def _index(angaben: dict[str, Any]) -> Iterator[object]:
    """The town's own index with the step in which it was agreed, and the scenarios that are being discussed."""
    for nummer, eintrag in enumerate(angaben["sozialindex"], start=1):
        texte = {**eintrag, "bestandteile": tuple(eintrag["bestandteile"])}
        index = Sozialindex(**texte, zustand=Zustand.VEREINBART, reihenfolge=nummer)
        yield index
        yield make_step(index, ())
    for nummer, eintrag in enumerate(angaben["verteilung"], start=1):
        texte = dict(eintrag)
        if "stufen" in texte:
            texte["stufen"] = tuple(texte["stufen"])
        for name, klasse in (("art", Schluesselart), ("einheit", Mitteleinheit)):
            if name in texte:
                texte[name] = klasse[texte[name]]
        yield Verteilungsszenario(**texte, reihenfolge=nummer)


def _progress(projekt: Projekt, quelle: Path) -> Iterator[object]:
    """How far the Bausteine and their Inhalte are since when, who does what next, what proves it; dated sentences."""
    angaben = read_toml(quelle / "bausteine.toml")
    eintraege: dict[str, Baustein | Inhalt] = {str(b.nummer): b for b in projekt.read(Baustein)}
    eintraege |= {i.schluessel: i for i in projekt.read(Inhalt)}
    for eintrag in angaben["fortschritt"]:
        schritt = Fortschrittsschritt(eintrag["bezug"], eintrag["datum"], Umsetzung(eintrag["fortschritt"]))
        eintraege[schritt.bezug] = attrs.evolve(eintraege[schritt.bezug], fortschritt=schritt.fortschritt)
        yield schritt
    for eintrag in (*angaben["schritt"], *angaben["nachweis"]):
        mehr = {
            name: tuple(wert) if isinstance(wert, list) else wert for name, wert in eintrag.items() if name != "bezug"
        }
        neu: Any = eintraege[eintrag["bezug"]]
        eintraege[eintrag["bezug"]] = attrs.evolve(neu, **mehr)
    yield from eintraege.values()
    for eintrag in angaben["umsetzungsstand"]:
        yield Umsetzungsstand(**{**eintrag, "nachweise": tuple(eintrag.get("nachweise", ()))})


def read_profile(pfad: Path) -> tuple[Importprofil, ...]:
    """Read import profiles from TOML; an absent file means none."""
    if not pfad.is_file():
        return ()
    return tuple(Importprofil(**eintrag) for eintrag in read_toml(pfad).get("profil", ()))
