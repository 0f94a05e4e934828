"""Lindenrath, the invented example town: set it up, read all its deliveries, compute, protect, write the workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

from sozialtool import orte
from sozialtool.ablauf import projekte
from sozialtool.ablauf.bausteinausgabe import write_bausteine
from sozialtool.ablauf.beispieljahr import JAHR, RUECKLAEUFE, open_jahr, return_forms
from sozialtool.ablauf.beispielplanung import fill_planung
from sozialtool.ablauf.beispielregister import take_register
from sozialtool.ablauf.beispielstadt import create_lindenrath, read_toml
from sozialtool.ablauf.beteiligungstafeln import write_beteiligung
from sozialtool.ablauf.daten import accept, examine
from sozialtool.ablauf.drucksachenweg import issue_drucksache
from sozialtool.ablauf.foerderausgabe import write_foerdernachweis
from sozialtool.ablauf.mittelverteilung import write_mittelverteilung
from sozialtool.ablauf.planungsblaetter import write_planung
from sozialtool.ablauf.sozialbericht import write_sozialbericht
from sozialtool.ablauf.uebergabe import uebergabe_ordner, write_uebergabe
from sozialtool.ablauf.variantenausgabe import write_variantenvergleich
from sozialtool.ablauf.vorlegen import ausgeben
from sozialtool.ablauf.werte import EinleseErgebnis, Fortschritt, Stop
from sozialtool.fehler import Abgebrochen, BedienFehler
from sozialtool.projekt import Projekt

DRUCKSACHE = "26/031"
STAND = dt.date(2026, 3, 16)
"""Date printed in the example workbook; fixed, so that it has the same bytes on every machine and day."""
SEIT = "01.01.2025"
"""Since when the table of the Bausteine says what has changed."""
EINGELESEN = dt.datetime(2026, 3, 2, 9)
"""When the first delivery was read, a minute between two; it stands in the workbook, too."""


@attrs.frozen
class Beispiel:
    """What `make_beispiel` left behind: paths and a German report of what was done."""

    projekt: Path
    arbeitsmappe: Path
    bericht: str


def make_beispiel(ordner: Path, *, fortschritt: Fortschritt | None = None, stop: Stop | None = None) -> Beispiel:
    """Make Lindenrath in `ordner`: project, deliveries in eingang/, all imported, workbooks in ausgaben/2025/.

    The Abfragen of 2025 are sent (abfragen/2025/); eight returns wait in eingang/2025/ to be sorted in.

    Raises:
        BedienFehler: the folder holds something. DateiFehler: it cannot be written. Abgebrochen: stopped.
    """
    ordner = orte.lang(ordner, orte.PLATZ_ORDNER)
    _check_leer(ordner)
    quelle = orte.beispieldaten()
    lieferungen = read_toml(quelle / "lieferungen.toml")["lieferung"]
    danach = ("Melderegister", "Kennzahlen und Geheimhaltung", "Varianten vergleichen", "Abfragen und Rückläufe")
    schritte = [*(Path(lieferung["datei"]).name for lieferung in lieferungen), *danach]
    anfang = iter(range(len(schritte)))

    def begin() -> None:
        nummer = next(anfang)
        if stop is not None and stop.is_set():
            raise Abgebrochen(
                f"Lindenrath ist halb angelegt: {min(nummer, len(lieferungen))} von {len(lieferungen)} Dateien.",
                "Der Ordner kann gelöscht werden.",
            )
        if fortschritt is not None:
            fortschritt(nummer, len(schritte), schritte[nummer])

    with create_lindenrath(ordner, quelle) as projekt:
        ergebnisse = []
        for nummer, lieferung in enumerate(lieferungen):
            begin()
            von, nach = (wo / lieferung["datei"] for wo in (quelle / "lieferungen", ordner / "eingang"))
            ergebnisse.append(_deliver(projekt, von, nach, stop, EINGELESEN + dt.timedelta(minutes=nummer)))
        begin()
        take_register(projekt, quelle, EINGELESEN + dt.timedelta(minutes=len(lieferungen)), stop)
        fill_planung(projekt, quelle)
        begin()
        # Lindenrath published nothing in its earlier boundaries, so the small group between them is no danger.
        jahr = projekt.kommune.berichtsjahr
        mappe = ausgeben(projekt, jahr, DRUCKSACHE, stop=stop, stand=STAND, grenzen_geprueft=True, barrierefrei=True)
        mittel, planung, bausteine = _write_anlagen(projekt, stop)
        begin()
        vergleich = write_variantenvergleich(projekt, stop=stop, stand=STAND)
        begin()
        _end_jahr(projekt, quelle, stop)
        if fortschritt is not None:
            fortschritt(len(schritte), len(schritte), "fertig")
        return Beispiel(
            projekt.pfad, mappe, _report(projekt, (mappe, mittel, vergleich, planung, bausteine), ergebnisse)
        )


def _end_jahr(projekt: Projekt, quelle: Path, stop: Stop | None) -> None:
    """Send the Abfragen, let the returns wait, and write down everything for a successor."""
    open_jahr(projekt, quelle)
    return_forms(projekt, quelle)
    write_uebergabe(projekt, stop=stop, stand=STAND)


def _write_anlagen(projekt: Projekt, stop: Stop | None) -> tuple[Path, Path, Path]:
    """Write what goes out beside the Monitoring; return the paths of Mittelverteilung, Planung and Bausteine."""
    planung = write_planung(projekt, drucksache=DRUCKSACHE, stop=stop, stand=STAND)
    write_beteiligung(projekt, STAND, DRUCKSACHE)
    write_foerdernachweis(projekt, stop=stop, stand=STAND)
    write_sozialbericht(projekt, 0, DRUCKSACHE, stop=stop, stand=STAND, grenzen_geprueft=True)
    issue_drucksache(projekt, DRUCKSACHE, stop=stop, stand=STAND, grenzen_geprueft=True)
    mittel = write_mittelverteilung(projekt, drucksache=DRUCKSACHE, stop=stop, stand=STAND)
    return mittel, planung, write_bausteine(projekt, STAND, SEIT, DRUCKSACHE)[0]


def _check_leer(ordner: Path) -> None:
    """The example brings files of usual names; in the folder of a real town they would replace hers."""
    schon = ordner / "lindenrath.sozial"
    if schon.is_file():
        raise BedienFehler(
            f"Lindenrath liegt schon in {ordner}.",
            f'Zum Öffnen: sozialtool --projekt "{schon}". Zum Neuanlegen bitte einen anderen Ordner angeben.',
            "BEISPIEL-ORDNER",
        )
    if ordner.is_dir() and any(ordner.iterdir()):
        raise BedienFehler(
            f"Der Ordner {ordner} ist nicht leer.",
            "Bitte für das Beispiel einen neuen Ordner angeben: sozialtool beispiel ORDNER",
            "BEISPIEL-ORDNER",
        )


def _deliver(projekt: Projekt, von: Path, nach: Path, stop: Stop | None, zeitpunkt: dt.datetime) -> EinleseErgebnis:
    """Put a delivery into eingang/, as a department would, and read it from there at `zeitpunkt`."""
    projekte.make_folder(nach.parent)
    projekte.copy_datei(von, nach)
    pruefung = examine(projekt, nach, stop=stop)
    anzahl, befunde = len(pruefung.messwerte), len(pruefung.befunde)
    try:
        accept(projekt, pruefung, zeitpunkt=zeitpunkt)
    except BedienFehler as fehler:
        return EinleseErgebnis(nach.name, False, anzahl, befunde, str(fehler))
    return EinleseErgebnis(nach.name, True, anzahl, befunde, "")


def _report(projekt: Projekt, mappen: tuple[Path, Path, Path, Path, Path], ergebnisse: list[EinleseErgebnis]) -> str:
    angenommen = [e for e in ergebnisse if e.angenommen]
    offen = [e for e in ergebnisse if not e.angenommen]
    befunde = sum(e.befunde for e in angenommen)
    werte = f"{sum(e.werte for e in angenommen):,}".replace(",", ".")
    zeilen = [
        "Lindenrath ist angelegt – eine erfundene Stadt mit zwölf Sozialräumen.",
        f"Eingelesen: {len(angenommen)} Dateien der Fachbereiche mit {werte} Werten und {befunde} Befunden.",
    ]
    zeilen += [f"Nicht übernommen: {e.datei}. {e.meldung}" for e in offen]
    zeilen += [
        f"Projekt:      {orte.zeige(projekt.pfad)}",
        f"Arbeitsmappe: {orte.zeige(mappen[0])} (und barrierefrei)",
        f"Mittel:       {orte.zeige(mappen[1])}",
        f"Varianten:    {orte.zeige(mappen[2])}",
        f"Planung:      {orte.zeige(mappen[3])}",
        f"Bausteine:    {orte.zeige(mappen[4])} (und als Word; ebenso Beteiligung und Fördernachweis)",
        f"Drucksache:   {orte.zeige(mappen[0].with_name(f'Drucksache_{JAHR}.docx'))}",
        f"Bericht:      {orte.zeige(mappen[0].with_name(f'Sozialbericht_{JAHR}.docx'))}",
        f"Übergabe:     {orte.zeige(uebergabe_ordner(projekt))} (das ganze Projekt; nicht weitergeben)",
        f"In eingang/{JAHR} warten {len(RUECKLAEUFE)} Rückläufe der Datenabfrage (Befehl „abfragen einsortieren“).",
        f'Weiter in der Oberfläche: sozialtool --projekt "{orte.zeige(projekt.pfad)}"',
    ]
    return "\n".join(zeilen)
