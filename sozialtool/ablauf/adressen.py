"""Addresses: the Straßenverzeichnis, decided spellings of streets, and lists of people that become counts while read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebiete import EINWOHNER
from sozialtool.ablauf.gebietsstaende import kleinste_ebene_of, planungsebene_of
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT, Ebene, Gebiet
from sozialtool.fach.schreibweise import format_anzahl, format_zahl
from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.register.lesen import Registerlesung
    from sozialtool.einlesen.rohblatt import Leseart
    from sozialtool.einlesen.strassen.lesen import Strassenlesung


@attrs.frozen
class OffeneSchreibweise:
    """A spelling of a street that is not known: how many people it concerns, and (key, name, percent) of similar streets."""

    schreibweise: str
    personen: int
    vorschlaege: tuple[tuple[str, str, int], ...]


def strassen(projekt: Projekt) -> tuple[Strassenabschnitt, ...]:
    """List the Straßenverzeichnis, by street and section."""
    return tuple(sorted(projekt.read(Strassenabschnitt), key=lambda a: (a.strasse, a.nummer)))


def schreibweisen(projekt: Projekt) -> tuple[tuple[str, str], ...]:
    """List the decided spellings with the key of their street ("": no street of the town), by spelling."""
    return tuple(sorted((s.schreibweise, s.strasse) for s in projekt.read(Strassenschreibweise)))


def check_strassen(projekt: Projekt) -> tuple[Befund, ...]:
    """Check the Straßenverzeichnis of the project for gaps, overlaps and unknown areas."""
    from sozialtool.einlesen.strassen.pruefen import check_abschnitte

    abschnitte = strassen(projekt)
    return (*check_ebene(projekt, abschnitte), *check_abschnitte(abschnitte, _gebiete(projekt)))


def check_ebene(projekt: Projekt, abschnitte: Iterable[Strassenabschnitt], datei: str = "") -> tuple[Befund, ...]:
    """Check that the sections name areas of the smallest level: one STRASSE-EBENE per area of another one (fach/regeln.md section 5).

    People who are counted by a larger area could not be moved to another Sozialraum with a part of it. Only where nothing lies
    below the Sozialräume may the sections name a level that cuts across (Stimmbezirke), and then only one of them.
    """
    ebenen = {e.schluessel: e for e in projekt.read(Ebene)}
    ebene_of = {g.schluessel: g.ebene for g in projekt.read(Gebiet) if not g.ist_rest}
    belegt = set(ebene_of.values())
    unter = {e.schluessel for e in ebenen.values() if e.teil_von and e.schluessel in belegt}
    kleinste = unter - {ebenen[name].teil_von for name in unter}
    planung = planungsebene_of(ebenen.values())
    genannt = Counter(ebene_of[a.gebiet] for a in abschnitte if a.gebiet in ebene_of)
    if kleinste <= {planung}:
        quer = [e for e in genannt if e in ebenen and not ebenen[e].teil_von and e != STADT]
        kleinste = {max(quer, key=lambda e: genannt[e])} if quer and planung not in genannt else {planung}
    fremd = Counter(a.gebiet for a in abschnitte if ebene_of.get(a.gebiet, "") not in {"", *kleinste})
    gebraucht = " oder ".join(sorted(ebenen[e].name for e in kleinste if e in ebenen))
    return tuple(
        Befund(
            "STRASSE-EBENE", Schwere.FEHLER,
            f"„{gebiet}“ ist kein kleinstes Gebiet, sondern: {ebenen[ebene_of[gebiet]].name} ({anzahl} Abschnitte).",
            f"Bitte das kleinste Gebiet eintragen ({gebraucht}); sonst lassen sich Sozialräume später nicht neu zuschneiden.", datei,
        )
        for gebiet, anzahl in sorted(fremd.items())
        if ebene_of[gebiet] in ebenen
    )  # fmt: skip


def read_strassen(
    projekt: Projekt,
    pfad: Path,
    leseart: Leseart | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Strassenlesung:
    """Read and check a Straßenverzeichnis; the project is not changed.

    Raises:
        DateiFehler: the file cannot be read. Abgebrochen: stopped.
    """
    from sozialtool.einlesen.strassen.lesen import read_strassenverzeichnis

    lesung = read_strassenverzeichnis(
        Path(pfad), _gebiete(projekt), leseart=leseart, fortschritt=fortschritt, stop=stop
    )
    return attrs.evolve(lesung, befunde=(*check_ebene(projekt, lesung.abschnitte, lesung.datei), *lesung.befunde))


def accept_strassen(projekt: Projekt, lesung: Strassenlesung) -> Aenderung:
    """Put the sections of a file in the place of the Straßenverzeichnis, in one change.

    Raises:
        BedienFehler: errors stand in the way, or there is nothing to take.
    """
    _check_ready(lesung.datei, lesung.befunde, leer=not lesung.abschnitte)
    neu = {(a.strasse, a.nummer): a for a in lesung.abschnitte}
    anzahl = len({a.strasse for a in lesung.abschnitte})
    with projekt.change(f"Straßenverzeichnis mit {anzahl} Straßen übernommen", lesung.datei) as schreiber:
        for alt in projekt.read(Strassenabschnitt):
            if (alt.strasse, alt.nummer) not in neu:
                schreiber.remove(Strassenabschnitt, alt.strasse, alt.nummer)
        schreiber.put(*neu.values())
    return projekt.verlauf(1)[0]


def find_gebiet(projekt: Projekt, adresse: str) -> str:
    """Find the smallest area of an address ("Bahnhofstr. 12a"); "nz" where the Straßenverzeichnis does not say it."""
    from sozialtool.einlesen.strassen import suche
    from sozialtool.einlesen.strassen.namen import split_adresse

    index = suche.build_index(strassen(projekt), projekt.read(Strassenschreibweise))
    name, nummer = split_adresse(adresse)
    return suche.find_gebiet(index, suche.find_strassen(index, name), nummer)[0] or NICHT_ZUZUORDNEN


def explain_adresse(projekt: Projekt, adresse: str) -> str:
    """Say where an address was looked for: the name of its smallest area, or why there is none and which streets are alike."""
    from sozialtool.einlesen.strassen import suche
    from sozialtool.einlesen.strassen.namen import split_adresse
    from sozialtool.einlesen.strassen.vorschlag import propose_strassen

    alle, (name, nummer) = strassen(projekt), split_adresse(adresse)
    gebiet = projekt.get(Gebiet, find_gebiet(projekt, adresse))
    if gebiet is not None and not gebiet.ist_rest:
        return gebiet.name
    keys = suche.find_strassen(suche.build_index(alle, projekt.read(Strassenschreibweise)), name)
    if len(keys) > 1:
        return f"„{name}“ gibt es unter mehreren Schlüsseln: {', '.join(keys)}."
    if keys and nummer is None:
        return "Die Straße liegt in mehreren Gebieten; bitte die Hausnummer dazu angeben."
    if keys:
        return "Die Straße ist bekannt, aber kein Abschnitt sagt, wohin diese Hausnummer gehört."
    aehnlich = ", ".join(f"{v.name} ({v.schluessel})" for v in propose_strassen(name, alle))
    return f"„{name}“ steht nicht im Straßenverzeichnis; ähnlich: {aehnlich or 'nichts'}."


def count_register(
    projekt: Projekt,
    pfad: Path,
    stichtag: dt.date,
    *,
    stamm: str = "ew",
    leseart: Leseart | None = None,
    heute: dt.date | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Registerlesung:
    """Count a list of people by the smallest areas while it is read; the project is not changed.

    Args:
        projekt: with a Straßenverzeichnis.
        pfad: the list; nothing of a person is kept, logged or written.
        stichtag: the day on which ages count.
        stamm: Merkmal that counts everybody of the list: "ew" for the register, "asylblg" for a list of such cases.
        leseart: how to read a text file, if not as found.
        heute: behind this day a Stichtag is doubted; today unless given.
        fortschritt: called with (done, of, sheet).
        stop: when set, reading ends at once.

    Raises:
        BedienFehler: there is no Straßenverzeichnis, or no such Merkmal.
        DateiFehler: the file cannot be read. Abgebrochen: stopped.
    """
    from sozialtool.einlesen.register.lesen import build_plan, read_register

    merkmale = [merkmal.schluessel for merkmal in projekt.read(Merkmal)]
    if stamm not in merkmale:
        raise BedienFehler(f"Ein Merkmal „{stamm}“ gibt es nicht.", "Zum Beispiel „ew“ für das Melderegister angeben.")
    abschnitte = strassen(projekt)
    if not abschnitte:
        raise BedienFehler(
            "Ohne Straßenverzeichnis lassen sich Personen keinem Gebiet zuordnen.",
            "Bitte zuerst das Straßenverzeichnis einlesen.", "REGISTER-OHNE-STRASSEN",
        )  # fmt: skip
    schreibweisen = projekt.read(Strassenschreibweise)
    lesung = read_register(
        Path(pfad), lambda: build_plan(abschnitte, schreibweisen, stichtag, merkmale, stamm), leseart=leseart,
        fortschritt=fortschritt, stop=stop, modul="sozialtool.ablauf.registerkind",
    )  # fmt: skip
    neu = (
        *_check_stichtag(lesung, stichtag, heute or dt.date.today()),
        *_check_anzahl(projekt, lesung, stamm, stichtag),
    )
    return attrs.evolve(lesung, befunde=(*neu, *lesung.befunde))


def _check_stichtag(lesung: Registerlesung, stichtag: dt.date, heute: dt.date) -> tuple[Befund, ...]:
    """Ask about a Stichtag on which nobody can have counted yet: a slip of the year makes everybody a year older."""
    if stichtag <= heute:
        return ()
    return (
        Befund(
            "REGISTER-STICHTAG", Schwere.FRAGE, f"Der Stichtag {stichtag:%d.%m.%Y} liegt in der Zukunft.",
            "Das Jahr prüfen; das Alter zählt an diesem Tag.", lesung.datei,
        ),
    )  # fmt: skip


def _check_anzahl(projekt: Projekt, lesung: Registerlesung, stamm: str, stichtag: dt.date) -> tuple[Befund, ...]:
    """Ask whether the list is complete where the project knows another number of people for the nearest Stand.

    Part of a list (a filter in Excel, one Ortsteil) would otherwise make all other areas empty without a word.
    """
    ebene = {g.schluessel: g.ebene for g in projekt.read(Gebiet)}
    spalten = projekt.read_messwerte(merkmale=[stamm])
    summen: dict[dt.date, dict[str, float]] = {}
    for gebiet, tag, wert in zip(spalten["gebiet"], spalten["stand"], spalten["wert"], strict=True):
        je = summen.setdefault(tag, {})
        je[ebene.get(gebiet, "")] = je.get(ebene.get(gebiet, ""), 0.0) + (wert or 0.0)
    if not summen or not lesung.messwerte:
        return ()
    tag = min(summen, key=lambda anderer: (abs((anderer - stichtag).days), anderer))
    bekannt = max(summen[tag].values())
    if abs(lesung.personen - bekannt) <= bekannt * (0.1 if stamm == EINWOHNER else 0.5):
        return ()
    gezaehlt, vorhanden = format_anzahl(lesung.personen), format_zahl(bekannt)
    return (
        Befund(
            "REGISTER-ANZAHL", Schwere.FRAGE,
            f"Gezählt {'ist' if lesung.personen == 1 else 'sind'} {gezaehlt}, für den {tag:%d.%m.%Y} stehen im Projekt {vorhanden}.",
            "Prüfen, ob die Liste vollständig ist (Filter in Excel, nur ein Teil der Stadt) und der Stichtag stimmt.", lesung.datei,
        ),
    )  # fmt: skip


def accept_register(
    projekt: Projekt, lesung: Registerlesung, *, absender: str = "", zeitpunkt: dt.datetime | None = None
) -> Aenderung:
    """Take the counts of a list of people into the project, in one change; `zeitpunkt` is now unless given.

    Raises:
        BedienFehler: errors stand in the way, or nobody was counted.
    """
    _check_ready(lesung.datei, lesung.befunde, leer=not lesung.messwerte)
    quelle = Quelle(
        schluessel=lesung.pruefsumme[:16],
        datei=lesung.datei,
        pruefsumme=lesung.pruefsumme,
        absender=absender,
        stand=lesung.messwerte[0].stand,
        eingelesen_am=(zeitpunkt or dt.datetime.now()).replace(microsecond=0),
        anzahl_werte=len(lesung.messwerte),
        anzahl_befunde=len(lesung.befunde),
    )
    text = f"{lesung.datei} ausgezählt, {len(lesung.messwerte)} Werte"
    with projekt.change(text, lesung.datei) as schreiber:
        schreiber.put(quelle)
        schreiber.put_messwerte(attrs.evolve(wert, quelle=quelle.schluessel) for wert in lesung.messwerte)
        schreiber.put_befunde(quelle.schluessel, lesung.befunde)
    return projekt.verlauf(1)[0]


def offene_schreibweisen(projekt: Projekt, lesung: Registerlesung) -> tuple[OffeneSchreibweise, ...]:
    """List the spellings of unknown streets of a list of people with similar streets; the most frequent first."""
    from sozialtool.einlesen.strassen.vorschlag import propose_strassen

    abschnitte = strassen(projekt)
    return tuple(
        OffeneSchreibweise(
            text, anzahl, tuple((v.schluessel, v.name, v.prozent) for v in propose_strassen(text, abschnitte))
        )
        for text, anzahl in lesung.offen
    )


def decide_schreibweise(projekt: Projekt, schreibweise: str, strasse: str) -> Aenderung:
    """Decide once what a spelling means: the key of a street, or "" for no street of the town.

    Raises:
        BedienFehler: there is no such street.
    """
    namen = {a.strasse: a.name for a in strassen(projekt)}
    if strasse and strasse not in namen:
        raise BedienFehler(
            f"Eine Straße mit dem Schlüssel „{strasse}“ gibt es nicht.",
            "Bitte einen aus dem Straßenverzeichnis angeben.",
        )
    ziel = namen[strasse] if strasse else "keine Straße der Stadt"
    with projekt.change(f"Schreibweise „{schreibweise}“ ist {ziel}") as schreiber:
        schreiber.put(Strassenschreibweise(schreibweise, strasse))
    return projekt.verlauf(1)[0]


def _gebiete(projekt: Projekt) -> tuple[str, ...]:
    """Keys of all areas below the town, the smallest last: "1" in a file is the block "001" rather than the Sozialraum "01"."""
    kleinste = kleinste_ebene_of(projekt.read(Ebene))
    gebiete = sorted(projekt.read(Gebiet), key=lambda g: (g.ebene == kleinste, g.schluessel))
    return tuple(g.schluessel for g in gebiete if g.ebene != STADT and not g.ist_rest)


def _check_ready(datei: str, befunde: tuple[Befund, ...], *, leer: bool) -> None:
    fehler = next((b for b in befunde if b.schwere is Schwere.FEHLER), None)
    if leer or fehler:
        grund = fehler.meldung if fehler else "Es wurde nichts gefunden."
        raise BedienFehler(
            f"{datei} kann so nicht übernommen werden: {grund}", fehler.vorschlag if fehler else "", "EINLESEN-FEHLER"
        )
