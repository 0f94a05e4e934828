"""Deliveries: look at a file, answer its questions, accept it – or a whole folder at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool import katalog, orte
from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.ablauf.werte import EinleseErgebnis, Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal, Messwert, Vermerk, Zeichen
from sozialtool.fach.planung import Massnahme
from sozialtool.fach.quelle import Befund, Importprofil, Quelle, Schwere
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum
from sozialtool.fehler import Abgebrochen, BedienFehler, DateiFehler, SozialtoolFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.pruefung import Abweichung, Frage, Pruefung
    from sozialtool.einlesen.rohblatt import Leseart
    from sozialtool.einlesen.umfeld import Umfeld

ENDUNGEN = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
_VOM_SYSTEM = ("thumbs.db", "desktop.ini")
"""Files that Windows puts into folders by itself."""


def build_umfeld(projekt: Projekt) -> Umfeld:
    """Collect what the project knows already: the background against which a file is read."""
    from sozialtool.einlesen.umfeld import Umfeld

    return Umfeld(
        kommune=projekt.kommune,
        ebenen=tuple(projekt.read(Ebene)),
        gebiete=tuple(projekt.read(Gebiet)),
        merkmale=tuple(projekt.read(Merkmal)),
        zeichentabellen=katalog.load_zeichentabellen(),
        profile=tuple(projekt.read(Importprofil)),
        quellen=tuple(projekt.read(Quelle)),
        bestand=_read_bestand(projekt),
    )


def _read_bestand(projekt: Projekt) -> dict[tuple[str, str, dt.date], Messwert]:
    spalten = projekt.read_messwerte()
    zeilen = zip(
        *(spalten[name] for name in ("gebiet", "merkmal", "stand", "wert", "zeichen", "vermerk", "quelle", "jahre")),
        strict=True,
    )
    return {
        (gebiet, merkmal, stand): Messwert(
            gebiet, merkmal, stand, wert, Zeichen[zeichen] if zeichen else None,
            Vermerk[vermerk] if vermerk else Vermerk.KEINER, quelle or "", jahre,
        )
        for gebiet, merkmal, stand, wert, zeichen, vermerk, quelle, jahre in zeilen
    }  # fmt: skip


def examine(
    projekt: Projekt,
    pfad: Path,
    leseart: Leseart | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Pruefung:
    """Read a file, recognise its layout or propose a mapping, and check it; the project is not changed.

    Raises:
        DateiFehler: the file cannot be read. BedienFehler: it is a form or a list of measures of our own. Abgebrochen: stopped.
    """
    from sozialtool.einlesen.pruefung import examine as _examine
    from sozialtool.erhebung.lage import find_kennung
    from sozialtool.erhebung.listen import is_liste

    pruefung = _examine(Path(pfad), build_umfeld(projekt), leseart=leseart, fortschritt=fortschritt, stop=stop)
    if find_kennung(pruefung.rohmappe, pfad) is not None:
        raise BedienFehler(
            f"„{Path(pfad).name}“ ist eine Datenabfrage von sozialtool, keine fremde Datei.",
            "Bitte in den Ordner eingang/<Jahr> legen und dort einsortieren: sozialtool abfragen einsortieren",
            "RUECKLAUF",
        )
    if is_liste(pruefung.rohmappe, Massnahme):
        raise BedienFehler(
            f"„{Path(pfad).name}“ ist eine Liste von Maßnahmen aus sozialtool, keine Datei mit Zahlen.",
            "Was ein Träger zurückgeschickt hat, liest „planung von-traeger DATEI“ (F7, Maßnahmen, z), die ganze Liste "
            "„liste einlesen massnahmen DATEI“ (F7, Maßnahmen, r).",
            "MASSNAHMENLISTE",
        )
    return pruefung


def answer(projekt: Projekt, pruefung: Pruefung, frage: str, antwort: str) -> Pruefung:
    """Answer one open question (by its id) and check again."""
    from sozialtool.einlesen.pruefung import answer_frage

    return answer_frage(pruefung, build_umfeld(projekt), frage, antwort)


def accept(
    projekt: Projekt,
    pruefung: Pruefung,
    profilname: str = "",
    *,
    zeitpunkt: dt.datetime | None = None,
    gebietsstand: str = "",
) -> Aenderung:
    """Take the figures of a file into the project, in one change that undo takes back whole.

    `zeitpunkt` is when the file was read, now unless given; it stands in the workbook. `gebietsstand` names the boundaries of its
    Sozialräume ("": those in force on the Stand of each figure).

    Raises:
        BedienFehler: questions are open, errors stand in the way, or there is nothing to take.
    """
    from sozialtool.einlesen.pruefung import build_profil

    datei = Path(pruefung.rohmappe.datei).name
    _check_ready(pruefung, datei)
    bekannt = pruefung.profil
    name = profilname or (bekannt.name if bekannt else Path(datei).stem)
    profil = build_profil(pruefung, name)
    if bekannt and bekannt.fingerabdruck == profil.fingerabdruck:
        profil = attrs.evolve(profil, schluessel=bekannt.schluessel)
    # A changed layout becomes a profile of its own: the old one still reads a late delivery of an earlier year.
    quelle = Quelle(
        schluessel=pruefung.rohmappe.pruefsumme[:16],
        datei=datei,
        pruefsumme=pruefung.rohmappe.pruefsumme,
        absender=profil.name,
        stand=max((wert.stand for wert in pruefung.messwerte), default=None),
        eingelesen_am=(zeitpunkt or dt.datetime.now()).replace(microsecond=0),
        importprofil=profil.schluessel,
        anzahl_werte=len(pruefung.messwerte),
        anzahl_befunde=len(pruefung.befunde),
        gebietsstand=gebietsstand,
    )
    with projekt.change(f"{datei} eingelesen, {len(pruefung.messwerte)} Werte", datei) as schreiber:
        if profil != bekannt:
            schreiber.put(profil)
        schreiber.put(quelle)
        schreiber.put_messwerte(_with_quelle(pruefung.messwerte, quelle.schluessel))
        schreiber.put_befunde(quelle.schluessel, pruefung.befunde)
    return projekt.verlauf(1)[0]


def find_grenzen(projekt: Projekt, pruefung: Pruefung) -> tuple[Gebietsstand, ...]:
    """List the agreed Gebietsstände in whose boundaries a file may have been counted, the likeliest first.

    Empty where nothing is to be asked: one Gebietsstand only, or no figures of Sozialräume in the file.
    """
    raeume: dict[str, set[str]] = {}
    for r in projekt.read(Raum):
        raeume.setdefault(r.gebietsstand, set()).add(r.schluessel)
    staende = [s for s in projekt.read(Gebietsstand) if not s.variante and s.schluessel in raeume]
    genannt = {wert.gebiet for wert in pruefung.messwerte}
    if len(staende) < 2 or not any(genannt & raeume[s.schluessel] for s in staende):
        return ()
    geltend = find_geltenden(staende, max(wert.stand for wert in pruefung.messwerte))
    folge = sorted(staende, key=lambda s: s.gueltig_ab or dt.date.min, reverse=True)
    return tuple(sorted(folge, key=lambda s: (-len(genannt & raeume[s.schluessel]), s != geltend)))


def _check_gebietsstand(projekt: Projekt, schluessel: str) -> None:
    moeglich = sorted(s.schluessel for s in projekt.read(Gebietsstand) if not s.variante)
    if schluessel and schluessel not in moeglich:
        raise BedienFehler(
            f"Einen vereinbarten Gebietsstand „{schluessel}“ gibt es nicht.",
            f"Möglich: {', '.join(moeglich) or 'noch keiner'}.",
        )


def _check_ready(pruefung: Pruefung, datei: str) -> None:
    if pruefung.fragen:
        anzahl = len(pruefung.fragen)
        wort = "eine Frage ist" if anzahl == 1 else f"{anzahl} Fragen sind"
        raise BedienFehler(
            f"Zu {datei}: {wort} noch offen.", "Bitte zuerst beantworten (F5, Einlesen).", "EINLESEN-FRAGEN"
        )
    if not pruefung.bereit:
        fehler = next((b for b in pruefung.befunde if b.schwere is Schwere.FEHLER), None)
        grund = fehler.meldung if fehler else "Es wurden keine Werte gefunden."
        raise BedienFehler(
            f"{datei} kann so nicht übernommen werden: {grund}", fehler.vorschlag if fehler else "", "EINLESEN-FEHLER"
        )


def _with_quelle(messwerte: Iterable[Messwert], quelle: str) -> Iterator[Messwert]:
    return (attrs.evolve(wert, quelle=quelle) for wert in messwerte)


def quellen(projekt: Projekt) -> tuple[Quelle, ...]:
    """List the accepted deliveries, newest first."""
    alle = projekt.read(Quelle)
    return tuple(sorted(alle, key=lambda q: (q.eingelesen_am or dt.datetime.min, q.datei), reverse=True))


def befunde_of(projekt: Projekt, quelle: Quelle) -> tuple[Befund, ...]:
    """List what was found when a delivery was accepted."""
    return tuple(projekt.read_befunde(quelle.schluessel))


def settle_befund(projekt: Projekt, quelle: Quelle, befund: Befund, bemerkung: str = "") -> Aenderung:
    """Note that a finding of an accepted delivery is settled; it stays in the list as a remark with the date."""
    text = f"Erledigt am {dt.date.today():%d.%m.%Y}" + (f": {bemerkung.strip()}" if bemerkung.strip() else ".")
    neu = attrs.evolve(befund, schwere=Schwere.HINWEIS, vorschlag=text)
    alle = [neu if b == befund else b for b in projekt.read_befunde(quelle.schluessel)]
    if neu not in alle:
        raise BedienFehler(f"Diesen Befund gibt es bei {quelle.datei} nicht mehr.", "Bitte die Liste neu öffnen.")
    with projekt.change(f"Befund {befund.code} in {quelle.datei} erledigt", quelle.datei) as schreiber:
        schreiber.put_befunde(quelle.schluessel, alle)
    return projekt.verlauf(1)[0]


def find_dateien(projekt: Projekt, pfade: Iterable[Path], *, alle: bool = False) -> list[Path]:
    """List the files meant: the files themselves, all readable ones of a folder, or of eingang/ when nothing is given.

    With `alle` a folder gives every file a person put there, whatever it is called: a mail gateway takes endings away.
    """
    gemeint = [orte.lang(pfad, orte.PLATZ_ORDNER) for pfad in pfade] or [projekt.pfad.parent / "eingang"]
    dateien: list[Path] = []
    for pfad in gemeint:
        if pfad.is_dir():
            kandidaten = (
                p
                for p in sorted(pfad.rglob("*"), key=_reihenfolge)
                if p.is_file() and (p.suffix.casefold() in ENDUNGEN or (alle and p.name.casefold() not in _VOM_SYSTEM))
            )
            # Excel puts a hidden companion "~$…" beside every open workbook.
            dateien += [p for p in kandidaten if not p.name.startswith(("~$", "."))]
        else:
            dateien.append(pfad)
    if not dateien:
        raise BedienFehler(
            f"In {gemeint[0]} liegt keine Datei zum Einlesen.", "Bitte die Dateien der Fachbereiche dort ablegen."
        )
    # One file named twice is one: "a.xlsx" and its folder, and on Windows "A.XLSX", too.
    return list({os.path.normcase(os.path.abspath(pfad)): pfad for pfad in reversed(dateien)}.values())[::-1]  # noqa: PTH100 - as a key only


def _reihenfolge(pfad: Path) -> tuple[str, str]:
    """The same order on every system; paths themselves compare with or without case, as the system does."""
    text = pfad.as_posix()
    return text.casefold(), text


def read_eingang(
    projekt: Projekt,
    pfade: Iterable[Path] = (),
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    antworten: Mapping[str, str] | None = None,
    aufbau_bestaetigt: bool = False,
    gebietsstand: str = "",
) -> list[EinleseErgebnis]:
    """Read many files; each without open question is accepted at once, the others are named with what they wait for.

    Args:
        projekt: open for writing.
        pfade: files and folders; nothing means eingang/.
        fortschritt: called with (done, of, file).
        stop: checked between two files.
        antworten: Kennung of a question → answer, "" for "do not import".
        aufbau_bestaetigt: accept files whose layout differs from their profile.
        gebietsstand: in whose boundaries all of them were counted ("": those in force on the Stand of each figure).

    Raises:
        BedienFehler: there is no file, or no such agreed Gebietsstand. Abgebrochen: stopped between two files; what was accepted stays.
    """
    dateien = find_dateien(projekt, pfade)
    _check_gebietsstand(projekt, gebietsstand)
    ergebnisse = []
    for nummer, pfad in enumerate(dateien):
        if stop is not None and stop.is_set():
            raise Abgebrochen(
                f"Angehalten nach {nummer} von {len(dateien)} Dateien.",
                "Was angenommen ist, bleibt; Strg+Z nimmt es zurück.",
            )
        if fortschritt:
            fortschritt(nummer, len(dateien), pfad.name)
        ergebnisse.append(
            _read_one(
                projekt, pfad, antworten or {}, stop, aufbau_bestaetigt=aufbau_bestaetigt, gebietsstand=gebietsstand
            )
        )
    if fortschritt:
        fortschritt(len(dateien), len(dateien), "fertig")
    return ergebnisse


def _read_one(
    projekt: Projekt,
    pfad: Path,
    antworten: Mapping[str, str],
    stop: Stop | None,
    *,
    aufbau_bestaetigt: bool,
    gebietsstand: str,
) -> EinleseErgebnis:
    try:
        pruefung = examine(projekt, pfad, stop=stop)
        if schon := next((q for q in projekt.read(Quelle) if q.pruefsumme == pruefung.rohmappe.pruefsumme), None):
            if gebietsstand not in ("", schon.gebietsstand):
                grund = "Schon eingelesen, aber in anderen Grenzen; bitte erst zurücknehmen („sozialtool zurueck“)."
                return EinleseErgebnis(pfad.name, angenommen=False, meldung=grund)
            return EinleseErgebnis(pfad.name, angenommen=True, meldung="Schon eingelesen, nichts zu tun.")
        pruefung = _answer_all(projekt, pruefung, antworten)
        anzahl, befunde = len(pruefung.messwerte), len(pruefung.befunde)
        abweichungen = () if aufbau_bestaetigt else tuple(_describe_abweichung(a) for a in pruefung.abweichungen)
        fragen = tuple(describe_frage(frage) for frage in pruefung.fragen)
        if abweichungen or fragen:
            grund = "Der Aufbau hat sich geändert." if abweichungen else "Es sind Fragen offen."
            return EinleseErgebnis(pfad.name, False, anzahl, befunde, grund, fragen, abweichungen)
        accept(projekt, pruefung, gebietsstand=gebietsstand)
    except Abgebrochen:
        raise
    except SozialtoolFehler as fehler:
        # One bad file must not keep the others out.
        return EinleseErgebnis(
            pfad.name, angenommen=False, meldung=str(fehler), unlesbar=isinstance(fehler, DateiFehler)
        )
    return EinleseErgebnis(pfad.name, True, anzahl, befunde)


def _answer_all(projekt: Projekt, pruefung: Pruefung, antworten: Mapping[str, str]) -> Pruefung:
    """Give the answers that fit; one answer may settle or raise other questions."""
    for kennung, wahl in antworten.items():
        if any(frage.kennung == kennung for frage in pruefung.fragen):
            pruefung = answer(projekt, pruefung, kennung, wahl)
    return pruefung


def describe_frage(frage: Frage) -> str:
    """Write a question with its Kennung, its place and what can be answered, in one line."""
    vorschlaege = [
        f"{v.schluessel or '-'} ({v.name}{f', {v.prozent} %' if v.prozent else ''})" for v in frage.vorschlaege[:4]
    ]
    moeglich = "; ".join([*vorschlaege, "- (nicht einlesen)"])
    return f"{frage.kennung}  [{frage.blatt} {frage.zelle}]  {frage.frage} Möglich: {moeglich}"


def _describe_abweichung(abweichung: Abweichung) -> str:
    return abweichung.meldung
