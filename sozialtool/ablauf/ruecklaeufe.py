"""What came back: a folder sorted in one step, a return accepted, a Rückfrage written."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool import orte
from sozialtool.ablauf.abfragen import abfragen_ordner, build_formular, list_abfragen
from sozialtool.ablauf.anmerkungen import is_notiz
from sozialtool.ablauf.annahme import take_ruecklauf
from sozialtool.ablauf.daten import find_dateien
from sozialtool.ablauf.projekte import make_folder
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Fachbereich
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.planung import Massnahme
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fehler import Abgebrochen, BedienFehler, SozialtoolFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.anschreiben import Anschreiben
    from sozialtool.erhebung.formular import Formular
    from sozialtool.erhebung.ruecklauf import Ruecklauf


class Eingangsart(enum.Enum):
    """What became of one file of the folder."""

    ANGENOMMEN = "angenommen"
    BEKANNT = "schon angenommen"
    RUECKFRAGE = "Rückfrage geschrieben"
    NACHLIEFERUNG = "weitere Fassung, bitte entscheiden"
    UEBERHOLT = "überholt, nicht gelesen"
    NICHT_ZUGEORDNET = "gehört nicht hierher"
    EINGELESEN = "kein Formular, schon eingelesen"
    KEIN_FORMULAR = "kein Formular"
    MASSNAHMEN = "Maßnahmen eines Trägers"
    MASSNAHMEN_OFFEN = "Maßnahmen, bitte entscheiden"
    UNLESBAR = "nicht lesbar"


@attrs.frozen
class Eingang:
    """One file of the folder (`pfad`) and what became of it; `rueckfrage` is the path of the workbook that was written."""

    datei: str
    art: Eingangsart
    fachbereich: str = ""
    werte: int = 0
    befunde: tuple[Befund, ...] = ()
    notizen: tuple[str, ...] = ()
    rueckfrage: str = ""
    meldung: str = ""
    pfad: str = ""


def scan_eingang(
    projekt: Projekt,
    jahr: int,
    pfade: Iterable[Path] = (),
    *,
    heute: dt.date | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> tuple[Eingang, ...]:
    """Sort everything in `eingang/<jahr>/` in one step; the files stay as they came.

    A form without open question is accepted, one with questions gets a Rückfrage in `abfragen/<jahr>/`, what is no form
    is named. Scanning again changes nothing. Of several returns of one Fachbereich a clean one wins; two clean ones that
    differ, or one after another was accepted, are left to the planner (`accept_ruecklauf`).

    Args:
        projekt: open for writing.
        jahr: year that is being collected.
        pfade: files or folders instead of the folder of the year.
        heute: day of arrival.
        fortschritt: called with (done, of, file).
        stop: checked between two files.

    Raises:
        BedienFehler: no file is there, or no Abfrage. Abgebrochen: stopped while reading; nothing was changed.
    """
    formulare = _build_formulare(projekt, jahr)
    dateien = find_dateien(projekt, pfade or [projekt.pfad.parent / "eingang" / str(jahr)], alle=True)
    bekannt = {quelle.pruefsumme: quelle for quelle in projekt.read(Quelle)}
    eingaenge: dict[Path, Eingang] = {}
    gruppen: dict[str, list[tuple[Path, Ruecklauf]]] = {}
    for nummer, pfad in enumerate(dateien):
        if stop is not None and stop.is_set():
            raise Abgebrochen("Angehalten. Es wurde noch nichts einsortiert.")
        if fortschritt:
            fortschritt(nummer, len(dateien), pfad.name)
        # What has been taken over needs no reading again.
        gelesen = _sort_out(projekt, pfad, bekannt.get(_hash(pfad)) or _read(projekt, pfad, formulare, jahr, stop))
        if isinstance(gelesen, Eingang):
            eingaenge[pfad] = gelesen
        else:
            assert gelesen.formular is not None
            gruppen.setdefault(gelesen.formular.fachbereich.schluessel, []).append((pfad, gelesen))
    _require_gefragt(formulare, eingaenge.values(), jahr)
    eingaenge |= _take_massnahmen(projekt, eingaenge)
    for fachbereich, gruppe in gruppen.items():
        eingaenge |= _sort_gruppe(projekt, projekt.get(Abfrage, fachbereich, jahr), gruppe, heute or dt.date.today())
    if fortschritt:
        fortschritt(len(dateien), len(dateien), "fertig")
    return tuple(attrs.evolve(eingaenge[pfad], pfad=orte.zeige(pfad)) for pfad in dateien)


def refresh_eingaenge(projekt: Projekt, eingaenge: Iterable[Eingang]) -> tuple[Eingang, ...]:
    """Say of files sorted before whether they are still taken over; one that was taken back waits for a decision."""
    da = {quelle.datei for quelle in projekt.read(Quelle)}
    text = "Die Annahme ist zurückgenommen. Noch einmal einsortieren nimmt die Datei wieder an."
    return tuple(
        attrs.evolve(e, art=Eingangsart.NACHLIEFERUNG, meldung=text)
        if e.art in (Eingangsart.ANGENOMMEN, Eingangsart.BEKANNT) and e.datei not in da
        else e
        for e in eingaenge
    )


def build_formulare(projekt: Projekt, jahr: int) -> list[Formular]:
    """Put the forms of a year together, as they were sent; raise `BedienFehler` when there are none."""
    formulare = _build_formulare(projekt, jahr)
    if not formulare:
        raise _fehlt(jahr)
    return formulare


def _build_formulare(projekt: Projekt, jahr: int) -> list[Formular]:
    return [build_formular(projekt, zeile.abfrage) for zeile in list_abfragen(projekt, jahr)]


def _require_gefragt(formulare: list[Formular], eingaenge: Iterable[Eingang], jahr: int) -> None:
    """Refuse a folder when nobody was asked; measures of a Träger come back without anybody having been asked for figures."""
    if not formulare and all(e.art is not Eingangsart.MASSNAHMEN for e in eingaenge):
        raise _fehlt(jahr)


def _fehlt(jahr: int) -> BedienFehler:
    return BedienFehler(f"Für {jahr} sind keine Abfragen angelegt.", "Bitte zuerst anlegen.", "ABFRAGE-FEHLT")


def _read(projekt: Projekt, pfad: Path, formulare: list[Formular], jahr: int, stop: Stop | None) -> Ruecklauf | Eingang:
    from sozialtool.einlesen.lesen import read_rohmappe
    from sozialtool.erhebung.listen import is_liste
    from sozialtool.erhebung.ruecklauf import read_ruecklauf

    if pfad.suffix.casefold() in (".msg", ".eml"):
        text = f"„{pfad.name}“ ist eine Mail. Bitte öffnen und die angehängte Datei in diesem Ordner speichern."
        return Eingang(pfad.name, Eingangsart.UNLESBAR, meldung=text)
    try:
        mappe = read_rohmappe(pfad, stop=stop)
        ruecklauf = read_ruecklauf(pfad, formulare, projekt.kommune, jahr, rohmappe=mappe)
    except Abgebrochen:
        raise
    except SozialtoolFehler as fehler:
        # One bad file must not keep the others out.
        return Eingang(pfad.name, Eingangsart.UNLESBAR, meldung=str(fehler))
    if ruecklauf.kennung is None and is_liste(mappe, Massnahme):
        return Eingang(pfad.name, Eingangsart.MASSNAHMEN)
    return ruecklauf


def _take_massnahmen(projekt: Projekt, eingaenge: Mapping[Path, Eingang]) -> dict[Path, Eingang]:
    """Sort in what Träger sent back, once all files are read: nothing is changed while that may still be stopped."""
    from sozialtool.ablauf.massnahmeneingang import sort_massnahmen

    return {p: sort_massnahmen(projekt, p) for p, e in eingaenge.items() if e.art is Eingangsart.MASSNAHMEN}


def _sort_out(projekt: Projekt, pfad: Path, gelesen: Quelle | Ruecklauf | Eingang) -> Ruecklauf | Eingang:
    """Describe what needs no decision: taken over before, no form, of another town, or asked by nobody."""
    if isinstance(gelesen, Quelle):
        return _describe_bekannte(projekt, pfad, gelesen)
    if isinstance(gelesen, Eingang):
        return gelesen
    if gelesen.kennung is None:
        return describe(gelesen, Eingangsart.KEIN_FORMULAR)
    if gelesen.kennung.ags != projekt.kommune.ags or gelesen.formular is None:
        return describe(gelesen, Eingangsart.NICHT_ZUGEORDNET)
    return gelesen


def _hash(pfad: Path) -> str:
    """SHA-256 of a file; "" where it cannot be read (reading it then says why)."""
    try:
        with orte.lang(pfad).open("rb") as datei:
            return hashlib.file_digest(datei, "sha256").hexdigest()
    except OSError:
        return ""


def _describe_bekannte(projekt: Projekt, pfad: Path, quelle: Quelle) -> Eingang:
    """A file that was taken over before: as a return (the department is its sender), or as a list of a department's own."""
    if quelle.importprofil or quelle.absender not in {f.name for f in projekt.read(Fachbereich)}:
        return Eingang(pfad.name, Eingangsart.EINGELESEN, meldung="Eine eigene Liste, die schon eingelesen ist.")
    alle = projekt.read_befunde(quelle.schluessel)
    befunde = tuple(b for b in alle if not is_notiz(b))
    notizen = tuple(b.meldung for b in alle if is_notiz(b))
    return Eingang(pfad.name, Eingangsart.BEKANNT, quelle.absender, quelle.anzahl_werte, befunde, notizen)


def describe(ruecklauf: Ruecklauf, art: Eingangsart, meldung: str = "", rueckfrage: Path | None = None) -> Eingang:
    """Say what a return is and what became of it."""
    fachbereich = ruecklauf.formular.fachbereich.name if ruecklauf.formular else ""
    if not fachbereich and ruecklauf.kennung:
        fachbereich = ruecklauf.kennung.fachbereich
    erster = next((b for b in ruecklauf.befunde if b.schwere is Schwere.FEHLER), None)
    return Eingang(
        ruecklauf.datei, art, fachbereich, len(ruecklauf.messwerte), ruecklauf.befunde,
        tuple(f"{n.ort}: {n.text}" for n in ruecklauf.notizen),
        orte.zeige(rueckfrage) if rueckfrage else "",
        meldung or (f"{erster.meldung} {erster.vorschlag}".strip() if erster else ""),
    )  # fmt: skip


def _sort_gruppe(
    projekt: Projekt, abfrage: Abfrage | None, gruppe: list[tuple[Path, Ruecklauf]], tag: dt.date
) -> dict[Path, Eingang]:
    """Decide about all new returns of one Fachbereich."""
    assert abfrage is not None
    if abfrage.stand is Abfragestand.ANGENOMMEN:
        return {pfad: _describe_spaete(projekt, r) for pfad, r in gruppe}
    bereite = [(pfad, r) for pfad, r in gruppe if r.bereit]
    if len({_inhalt(r) for _, r in bereite}) > 1:
        set_stand(projekt, abfrage, Abfragestand.ZURUECK, tag)
        text = "Es liegen mehrere vollständige Fassungen vor. Bitte eine davon annehmen."
        return {pfad: describe(r, Eingangsart.NACHLIEFERUNG, text) for pfad, r in gruppe}
    if bereite:
        erster, ruecklauf = bereite[0]
        if abweichend := find_abweichungen(projekt, ruecklauf):
            set_stand(projekt, abfrage, Abfragestand.ZURUECK, tag)
            text = describe_abweichungen(projekt, ruecklauf, abweichend)
            return {
                p: describe(r, Eingangsart.NACHLIEFERUNG, f"{text} Bitte ansehen und entscheiden.") for p, r in gruppe
            }
        take_ruecklauf(projekt, abfrage, ruecklauf, tag)
        rest = {p: describe(r, Eingangsart.UEBERHOLT, f"Angenommen ist „{ruecklauf.datei}“.") for p, r in gruppe}
        return rest | {erster: describe(ruecklauf, Eingangsart.ANGENOMMEN)}
    bester = max(gruppe, key=lambda paar: (paar[1].passt, -len(paar[1].fragen), paar[1].gefuellt))
    try:
        ziel = write_rueckfrage(projekt, abfrage, bester[1])
    except SozialtoolFehler as fehler:
        # Excel may still hold the last one. What else lies in the folder must not suffer from it.
        set_stand(projekt, abfrage, Abfragestand.ZURUECK, tag)
        text = f"Die Rückfrage ließ sich nicht schreiben: {fehler} Danach noch einmal einsortieren."
        return {p: describe(r, Eingangsart.NACHLIEFERUNG, text) for p, r in gruppe}
    set_stand(projekt, abfrage, Abfragestand.IN_RUECKFRAGE, tag)
    text = f"Die Rückfrage bezieht sich auf „{bester[1].datei}“."
    rest = {p: describe(r, Eingangsart.UEBERHOLT, text) for p, r in gruppe}
    return rest | {bester[0]: describe(bester[1], Eingangsart.RUECKFRAGE, rueckfrage=ziel)}


def find_abweichungen(projekt: Projekt, ruecklauf: Ruecklauf) -> list[tuple[Messwert, float | None, str]]:
    """List figures that another delivery has given otherwise: the new one, the old number (None: secret), its Quelle."""
    namen = ("gebiet", "merkmal", "stand", "wert", "zeichen", "quelle")
    spalten = projekt.read_messwerte(merkmale={m.merkmal for m in ruecklauf.messwerte})
    alt = {zeile[:3]: zeile[3:] for zeile in zip(*(spalten[name] for name in namen), strict=True)}
    abweichend = []
    for neu in ruecklauf.messwerte:
        wert, zeichen, quelle = alt.get((neu.gebiet, neu.merkmal, neu.stand), (None, None, ""))
        gilt = wert is not None or zeichen == Zeichen.GEHEIM.name
        if gilt and neu.zeichen is not Zeichen.FEHLT and neu.wert != wert:
            abweichend.append((neu, wert, quelle))
    return abweichend


def describe_abweichungen(
    projekt: Projekt, ruecklauf: Ruecklauf, abweichend: list[tuple[Messwert, float | None, str]]
) -> str:
    """Say how many figures another delivery has given otherwise, with one example."""
    assert ruecklauf.formular is not None
    neu, wert, quelle = abweichend[0]
    gebiet = next((g.name for g in ruecklauf.formular.gebiete if g.schluessel == neu.gebiet), "Stadt insgesamt")
    merkmal = next(m.name for m in ruecklauf.formular.merkmale if m.schluessel == neu.merkmal)
    alte = projekt.get(Quelle, quelle)
    woher = f" aus „{alte.datei}“" if alte else ""
    zahlen = [("geheim" if z is None else format_zahl(z, 0 if z.is_integer() else 2)) for z in (wert, neu.wert)]
    weichen = "1 Angabe weicht" if len(abweichend) == 1 else f"{len(abweichend)} Angaben weichen"
    return f"{weichen} von dem ab, was schon vorliegt: {gebiet}, {merkmal}: {zahlen[0]}{woher}, hier {zahlen[1]}."


def _describe_spaete(projekt: Projekt, ruecklauf: Ruecklauf) -> Eingang:
    """A return after another was accepted: nothing new, or for the planner to decide."""
    if not ruecklauf.bereit:
        return describe(ruecklauf, Eingangsart.UEBERHOLT, "Für diesen Fachbereich ist schon ein Rücklauf angenommen.")
    spalten = projekt.read_messwerte(merkmale=[m.merkmal for m in ruecklauf.messwerte])
    namen = ("gebiet", "merkmal", "stand", "wert", "zeichen")
    bestand = set(zip(*(spalten[name] for name in namen), strict=True))
    neu = [m for m in ruecklauf.messwerte if (m.gebiet, m.merkmal, m.stand, m.wert, m.zeichen.name if m.zeichen else None) not in bestand]  # fmt: skip
    if not neu:
        return describe(ruecklauf, Eingangsart.BEKANNT, "Enthält dieselben Zahlen wie der angenommene Rücklauf.")
    return describe(ruecklauf, Eingangsart.NACHLIEFERUNG, f"{len(neu)} Angaben weichen vom angenommenen Rücklauf ab.")


def _inhalt(ruecklauf: Ruecklauf) -> frozenset[tuple[object, ...]]:
    return frozenset((m.gebiet, m.merkmal, m.stand, m.wert, m.zeichen, m.vermerk) for m in ruecklauf.messwerte)


def set_stand(projekt: Projekt, abfrage: Abfrage, stand: Abfragestand, tag: dt.date) -> None:
    """Note where an Abfrage is after a return came in on a day."""
    if abfrage.stand is not stand:
        fachbereich = projekt.get(Fachbereich, abfrage.fachbereich)
        name = fachbereich.name if fachbereich is not None else abfrage.fachbereich
        with projekt.change(f"Rücklauf {name} {abfrage.jahr}: {stand.value}") as schreiber:
            schreiber.put(attrs.evolve(abfrage, stand=stand, zurueck_am=abfrage.zurueck_am or tag))


def write_rueckfrage(projekt: Projekt, abfrage: Abfrage, ruecklauf: Ruecklauf) -> Path:
    """Write the Rückfrage to a return into `abfragen/<jahr>/`; return its path."""
    from sozialtool.erhebung.rueckfrage import build_rueckfrage

    formular = build_formular(projekt, abfrage)
    ordner = orte.lang(abfragen_ordner(projekt, abfrage.jahr), orte.PLATZ_ORDNER)
    make_folder(ordner)
    ziel = ordner / f"{orte.safe_name(f'Rueckfrage_{abfrage.jahr}_{formular.fachbereich.name}', 'Rueckfrage')}.xlsx"
    build_rueckfrage(ziel, formular, ruecklauf)
    return ziel


def rueckfragetext(projekt: Projekt, eingang: Eingang, jahr: int) -> Anschreiben:
    """Return the mail to copy that goes out with a Rückfrage."""
    from sozialtool.ablauf.abfragen import get_abfrage
    from sozialtool.erhebung.anschreiben import write_rueckfragetext

    formular = build_formular(projekt, get_abfrage(projekt, eingang.fachbereich, jahr))
    anzahl = sum(b.schwere is not Schwere.HINWEIS for b in eingang.befunde)
    return write_rueckfragetext(formular, Path(eingang.rueckfrage).name or "Rueckfrage.xlsx", anzahl)


def accept_ruecklauf(projekt: Projekt, pfad: Path, jahr: int, heute: dt.date | None = None) -> Eingang:
    """Accept one return as it is, questions or not: what cannot be read as a figure stays out.

    Raises:
        BedienFehler: it is no form of this year and town. DateiFehler: it cannot be read.
    """
    from sozialtool.erhebung.ruecklauf import read_ruecklauf

    ruecklauf = read_ruecklauf(orte.lang(pfad), build_formulare(projekt, jahr), projekt.kommune, jahr)
    if not ruecklauf.passt or ruecklauf.formular is None:
        fehler = next(b for b in ruecklauf.befunde if b.schwere is Schwere.FEHLER)
        raise BedienFehler(f"{ruecklauf.datei}: {fehler.meldung}", fehler.vorschlag, fehler.code)
    abfrage = projekt.get(Abfrage, ruecklauf.formular.fachbereich.schluessel, jahr)
    assert abfrage is not None
    take_ruecklauf(projekt, abfrage, ruecklauf, heute or dt.date.today())
    return describe(ruecklauf, Eingangsart.ANGENOMMEN)
