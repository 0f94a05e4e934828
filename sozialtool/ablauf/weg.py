"""The walk: six Bausteine, where they stand, and what comes next – computed from the project."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from sozialtool.ablauf.bausteine import describe_bausteine
from sozialtool.ablauf.daten import find_dateien
from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.ablauf.gezeigtes import is_monitoring
from sozialtool.ablauf.planschritte import list_personenschritte, list_planschritte
from sozialtool.ablauf.prozessschritte import list_prozessschritte
from sozialtool.ablauf.vereinbarungen import indikatoren
from sozialtool.ablauf.vorlegen import find_monitoring
from sozialtool.ablauf.vorlegeschritte import list_vorlegeschritte
from sozialtool.ablauf.werte import BausteinZeile, IndikatorZeile, NaechsterSchritt, Uebersicht
from sozialtool.ablauf.wirkung import is_veraltet
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Fachbereich
from sozialtool.fach.drucksache import Anlage, Drucksache
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.prozess import Baustein, Fortschritt, Inhalt
from sozialtool.fach.quelle import Quelle, Quellenbefund, Schwere
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Umsteiger
from sozialtool.fach.schreibweise import format_anzahl, name_einige
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

_LANG_HER = dt.timedelta(days=365)


def uebersicht(projekt: Projekt, heute: dt.date | None = None) -> Uebersicht:
    """Collect what the start screen shows; `heute` is today unless given."""
    tag = heute or dt.date.today()
    return Uebersicht(
        kommune=projekt.kommune,
        gebietsstand=gebietsstand_text(projekt),
        bausteine=_bausteine(projekt, tag),
        naechste=next_steps(projekt, tag),
        zuletzt=tuple(projekt.verlauf(8)),
    )


def gebietsstand_text(projekt: Projekt) -> str:
    """Name the area version in force with its date."""
    neuester = find_geltenden(projekt.read(Gebietsstand))
    if neuester is None:
        return "noch nicht vereinbart"
    return neuester.gueltig_ab.strftime("%d.%m.%Y") if neuester.gueltig_ab else neuester.name


def _bausteine(projekt: Projekt, heute: dt.date) -> tuple[BausteinZeile, ...]:
    return tuple(
        BausteinZeile(b.baustein, b.inhalte, b.staende)
        for b in describe_bausteine(projekt, heute, mit_nachweisen=False)
    )


def next_steps(projekt: Projekt, heute: dt.date) -> tuple[NaechsterSchritt, ...]:
    """List open steps, urgent ones first, each with the place where it is done."""
    schritte = [*_steps_raeume(projekt), *_steps_indikatoren(projekt), *_steps_daten(projekt)]
    schritte += [*_steps_abfragen(projekt, heute), *_steps_ausgabe(projekt), *_steps_weg(projekt, heute)]
    schritte += [*list_planschritte(projekt, heute), *list_personenschritte(projekt)]
    schritte += [*list_prozessschritte(projekt, heute), *list_vorlegeschritte(projekt)]
    return tuple(sorted(schritte, key=lambda schritt: not schritt.dringlich))


def _steps_raeume(projekt: Projekt) -> list[NaechsterSchritt]:
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    planung = {ebene.schluessel for ebene in ebenen if ebene.planungsebene}
    if not any(gebiet.ebene in planung and not gebiet.ist_rest for gebiet in gebiete):
        return [NaechsterSchritt("Sozialräume anlegen: Die Stadt ist noch nicht aufgeteilt.", "raeume", dringlich=True)]
    return [*_steps_gebietsstand(projekt), *_steps_quer(projekt, ebenen, gebiete)]


def _steps_gebietsstand(projekt: Projekt) -> list[NaechsterSchritt]:
    """Ask who agreed to the boundaries: a Monitoring must not go out with areas that nobody has agreed on."""
    if any(not s.variante and s.beschlossen_am is not None for s in projekt.read(Gebietsstand)):
        return []
    text = "Gebietsstand vereinbaren: Wer hat die Grenzen der Sozialräume wann beschlossen? (F3, v, v)"
    return [NaechsterSchritt(text, "raeume", dringlich=True, stelle="gebietsstaende")]


def _steps_quer(projekt: Projekt, ebenen: Iterable[Ebene], gebiete: Iterable[Gebiet]) -> list[NaechsterSchritt]:
    """Say that areas cut across Sozialräume without weights."""
    mit_gewicht = {umsteiger.von for umsteiger in projekt.read(Umsteiger)}
    quer = {ebene.schluessel for ebene in ebenen if not ebene.teil_von and ebene.schluessel != "stadt"}
    lose = [g for g in gebiete if g.ebene in quer and not g.teil_von and g.schluessel not in mit_gewicht]
    if not lose:
        return []
    gebiete_liegen = format_anzahl(len(lose), "Gebiet liegt", "Gebiete liegen")
    wessen = "seine" if len(lose) == 1 else "ihre"
    text = f"{gebiete_liegen} in mehreren Sozialräumen; {wessen} Werte gelten als „nicht zuzuordnen“."
    return [NaechsterSchritt(text, "raeume")]


def _steps_indikatoren(projekt: Projekt) -> list[NaechsterSchritt]:
    zeilen = indikatoren(projekt)
    vereinbart = [zeile for zeile in zeilen if zeile.indikator.zustand is Zustand.VEREINBART]
    if not vereinbart:
        return [
            NaechsterSchritt("Indikatoren vereinbaren: Noch ist keiner beschlossen.", "indikatoren", dringlich=True)
        ]
    schritte = _steps_vereinbarung(projekt, zeilen)
    offen = [zeile.indikator.kennung for zeile in vereinbart if not zeile.vorhanden]
    if not offen:
        return schritte
    jahr = projekt.kommune.berichtsjahr
    text = (
        f"Monitoring {jahr}: Für {len(offen)} von {len(vereinbart)} Indikatoren fehlen Zahlen ({name_einige(offen)})."
    )
    return [*schritte, NaechsterSchritt(text, "daten", dringlich=True, stelle="datenuebersicht")]


def _steps_vereinbarung(projekt: Projekt, zeilen: Iterable[IndikatorZeile]) -> list[NaechsterSchritt]:
    """Name indicators that were agreed and have another definition since: until agreed anew they are not in the Monitoring."""
    war = {
        v.bezug
        for v in projekt.read(Vereinbarung)
        if v.gegenstand is Gegenstand.INDIKATOR and v.zustand is Zustand.VEREINBART
    }
    neu = [
        z.indikator.kennung
        for z in zeilen
        if z.indikator.zustand is Zustand.VORGESCHLAGEN and z.indikator.kennung in war
    ]
    return (
        [NaechsterSchritt(f"Neue Fassung vereinbaren: {name_einige(neu)}.", "indikatoren", dringlich=True)]
        if neu
        else []
    )


def _steps_daten(projekt: Projekt) -> list[NaechsterSchritt]:
    if not projekt.count_messwerte():
        return [NaechsterSchritt("Erste Datei einlesen: Noch sind keine Zahlen da.", "daten", dringlich=True)]
    offen = Counter(b.quelle for b in projekt.read(Quellenbefund) if b.schwere is not Schwere.HINWEIS)
    quellen = [quelle for quelle in projekt.read(Quelle) if quelle.schluessel in offen]
    if not quellen:
        return []
    summe = offen.total()
    wort = "Befund wartet" if summe == 1 else "Befunde warten"
    wo = quellen[0].datei if len(quellen) == 1 else f"{len(quellen)} Dateien"
    text = f"{summe} {wort} auf eine Antwort, in {wo}."
    return [NaechsterSchritt(text, "daten", dringlich=True, stelle=quellen[0].schluessel)]


def _steps_abfragen(projekt: Projekt, heute: dt.date) -> list[NaechsterSchritt]:
    """What is overdue, what waits for a decision, what is written and not sent; of the year that is reported on or later."""
    abfragen = [a for a in projekt.read(Abfrage) if a.jahr >= projekt.kommune.berichtsjahr]
    namen = {f.schluessel: f.name for f in projekt.read(Fachbereich)}

    def who(gewaehlt: list[Abfrage]) -> str:
        return name_einige([namen.get(a.fachbereich, a.fachbereich) for a in gewaehlt], 3)

    spaete = [a for a in abfragen if a.is_ueberfaellig(heute) and a.stand is Abfragestand.VERSANDT]
    gefragte = [a for a in abfragen if a.is_ueberfaellig(heute) and a.stand is Abfragestand.IN_RUECKFRAGE]
    schritte = _find_wartende(projekt, abfragen)
    if len(spaete) == 1 and spaete[0].frist is not None:
        schritte.append(f"Rücklauf {who(spaete)} überfällig, Frist war der {spaete[0].frist:%d.%m.%Y}.")
    elif spaete:
        schritte.append(f"{len(spaete)} Rückläufe überfällig: {who(spaete)}.")
    schritte += [f"Rückfrage offen, die Frist ist vorbei: {who(gefragte)}."] if gefragte else []
    zurueck = [a for a in abfragen if a.stand is Abfragestand.ZURUECK]
    fertige = [a for a in abfragen if a.stand is Abfragestand.ANGELEGT and a.datei]
    ruhige = [f"Formulare verschicken: {who(fertige)}."] if fertige else []
    schritte += [f"Rücklauf ansehen und entscheiden: {who(zurueck)}."] if zurueck else []
    return [
        *(NaechsterSchritt(text, "daten", dringlich=True, stelle="abfragen") for text in schritte),
        *(NaechsterSchritt(text, "daten", stelle="abfragen") for text in ruhige),
    ]


def _find_wartende(projekt: Projekt, abfragen: Sequence[Abfrage]) -> list[str]:
    """Say that files lie in eingang/ while somebody is still waited for: perhaps what is overdue has long been there."""
    bekannt = {quelle.datei for quelle in projekt.read(Quelle)}
    jahre = sorted({a.jahr for a in abfragen if a.stand is Abfragestand.VERSANDT})
    texte = []
    for jahr in jahre:
        try:
            dateien = find_dateien(projekt, [projekt.pfad.parent / "eingang" / str(jahr)], alle=True)
        except (BedienFehler, OSError):  # no such folder, nothing in it, or a share that is away
            continue
        # What is in Rückfrage or waits for a decision stays in the folder, and has been sorted.
        gesehen = sum(a.jahr == jahr and a.zurueck_am is not None and a.angenommen_am is None for a in abfragen)
        wartend = sum(datei.is_file() and datei.name not in bekannt for datei in dateien) - gesehen
        if wartend > 0:
            wort = "1 Datei wartet" if wartend == 1 else f"{wartend} Dateien warten"
            texte.append(f"{wort} in eingang/{jahr} aufs Einsortieren.")
    return texte


def _steps_ausgabe(projekt: Projekt) -> list[NaechsterSchritt]:
    if not projekt.count_messwerte():
        return []
    jahr = projekt.kommune.berichtsjahr
    monitoring = find_monitoring(projekt, jahr)
    if monitoring is None:
        return [NaechsterSchritt(f"Monitoring {jahr} ausgeben.", "ausgabe")]
    if not is_veraltet(projekt, monitoring.geschrieben_am, ohne=_ohne_drucksache(projekt, jahr)):
        return []
    return [NaechsterSchritt(f"Monitoring {jahr} neu ausgeben: Seitdem hat sich etwas geändert.", "ausgabe")]


def _ohne_drucksache(projekt: Projekt, jahr: int) -> frozenset[type]:
    """Until the final Monitoring, which "Als Nächstes" asks for itself, the number of a paper makes no draft old."""
    endgueltig = any(v.jahr == jahr and is_monitoring(v) for v in projekt.read(Veroeffentlichung))
    return frozenset() if endgueltig else frozenset((Drucksache, Anlage))


def _steps_weg(projekt: Projekt, heute: dt.date) -> list[NaechsterSchritt]:
    schritte = []
    spaete: list[int] = []
    for zeile in _bausteine(projekt, heute):
        nummer = zeile.baustein.nummer
        if zeile.baustein.fortschritt is Fortschritt.LAEUFT and (
            not zeile.staende or heute - zeile.staende[0].datum > _LANG_HER
        ):
            text = f"Baustein {nummer} läuft; seit über einem Jahr steht dazu kein Satz."
            schritte.append(NaechsterSchritt(text, "ueberblick"))
        eintraege: list[Baustein | Inhalt] = [zeile.baustein, *zeile.inhalte]
        if any(e.naechster_schritt and e.schritt_bis is not None and e.schritt_bis < heute for e in eintraege):
            spaete.append(nummer)
    if spaete:
        wort = "Baustein" if len(spaete) == 1 else "den Bausteinen"
        text = f"Nächster Schritt überfällig bei {wort} {', '.join(map(str, spaete))}."
        schritte.append(NaechsterSchritt(text, "planung"))
    return schritte
