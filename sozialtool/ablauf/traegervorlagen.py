"""Measures go to those who answer for them, and come back: one workbook each, the differences shown before anything is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.eingabehinweise import check_unterschiede
from sozialtool.ablauf.planeintraege import name_eintrag, read_schluessel
from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenstand
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.orte import safe_name
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.listen import Unterschiede

_ZWECK = (
    "Bitte prüfen und ergänzen: Stand, gezählte Leistung mit Jahr, was Teilnehmende und Fachkräfte sagen. Schlüssel bitte nicht ändern; "
    "keine Namen von Personen."
)
_GELD = "Bitte je Haushaltsjahr ergänzen, was tatsächlich ausgegeben wurde. Ein neues Jahr ist eine neue Zeile."


def list_traeger(projekt: Projekt) -> tuple[str, ...]:
    """List who answers for measures that are not put back, in alphabetical order."""
    offen = (m for m in projekt.read(Massnahme) if m.stand is not Massnahmenstand.ZURUECKGESTELLT)
    return tuple(sorted({m.verantwortlich for m in offen}))


def write_traegervorlagen(projekt: Projekt, jahr: int = 0, traeger: str = "") -> tuple[Path, ...]:
    """Write one workbook per Träger ("": all) with its measures and their money to abfragen/<jahr>/.

    Raises:
        BedienFehler: nobody answers for a measure, or not this one. DateiGesperrt: a workbook is open in Excel.
    """
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ausgabe.anleitungsblatt import Listenteil
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.katalogblatt import write_listen

    alle = list_traeger(projekt)
    gefragt = [name for name in alle if traeger.strip().casefold() in ("", name.casefold())]
    if not gefragt:
        raise BedienFehler(
            f"Für „{traeger}“ steht keine Maßnahme in der Liste."
            if traeger
            else "Es ist noch keine Maßnahme eingetragen.",
            f"Verantwortlich sind: {', '.join(alle)}." if alle else "Bitte zuerst Maßnahmen eintragen (F7).",
        )
    ordner = projekt.pfad.parent / "abfragen" / str(jahr or projekt.kommune.berichtsjahr)
    make_folder(ordner)
    pfade = []
    for name in gefragt:
        eigene = tuple(m for m in projekt.read(Massnahme) if m.verantwortlich == name)
        schluessel = {m.schluessel for m in eigene}
        kosten = tuple(k for k in projekt.read(Massnahmenkosten) if k.massnahme in schluessel)
        pfade.append(ordner / f"{safe_name(f'Massnahmen {name}', 'Massnahmen')}.xlsx")
        check_ziel(pfade[-1])
        titel = f"Maßnahmen von {name} – {projekt.kommune.name}"
        teile = (Listenteil(Massnahme, eigene, titel, _ZWECK), Listenteil(Massnahmenkosten, kosten, titel, _GELD))
        write_listen(pfade[-1], teile, titel)
    return tuple(pfade)


def import_traegervorlage(projekt: Projekt, pfad: Path) -> tuple[Unterschiede, tuple[str, ...]]:
    """Read what a Träger sent back; return what would change, and what the planner should look at. Nothing is changed yet.

    What is missing in the file stays in the project: a Träger strikes no measure out.

    Raises:
        DatenFehler: MASSNAHMEN-FREMD, several bodies answer for what is in the file, or entries do not fit. DateiFehler: cannot be read.
    """
    from sozialtool.ablauf.listenpruefung import check_listen
    from sozialtool.erhebung.listen import Unterschiede, compare_listen

    gelesen, geleert = _read(projekt, pfad)
    bekannt = {m.schluessel: m for m in projekt.read(Massnahme)}
    listen = check_listen(projekt, gelesen)
    genannt = {m.schluessel for m in listen[Massnahme]} | {k.massnahme for k in listen[Massnahmenkosten]}
    wer = {bekannt[s].verantwortlich for s in genannt & set(bekannt)}  # money alone changes a measure, too
    if len(wer) > 1:
        raise DatenFehler(
            f"In „{pfad.name}“ stehen Maßnahmen von mehreren: {', '.join(sorted(wer))}.",
            "Bitte die Datei eines Trägers nehmen; die ganze Liste liest „liste einlesen massnahmen“.",
            "MASSNAHMEN-FREMD",
        )
    schluessel = {m.schluessel for m in listen[Massnahme]}
    kosten = [k for k in projekt.read(Massnahmenkosten) if k.massnahme in genannt]
    teile = [
        compare_listen([bekannt[s] for s in sorted(schluessel & set(bekannt))], listen[Massnahme]),
        compare_listen(kosten, listen[Massnahmenkosten]),
    ]
    unterschiede = Unterschiede(
        tuple(n for t in teile for n in t.neu), tuple(g for t in teile for g in t.geaendert), ()
    )  # fmt: skip
    return unterschiede, (
        *geleert,
        *_warn(projekt, unterschiede, schluessel, wer),
        *check_unterschiede(projekt, unterschiede),
    )


def _read(projekt: Projekt, pfad: Path) -> tuple[dict[type, list[Any]], tuple[str, ...]]:
    """Read both lists; say of every emptied cell what stood there, and keep it where empty would mean something else."""
    from sozialtool.erhebung.listen import read_listenzeilen

    gelesen: dict[type, list[Any]] = {}
    saetze: list[str] = []
    for klasse in (Massnahme, Massnahmenkosten):
        bisher = {_key(alt): alt for alt in projekt.read(klasse)}
        gelesen[klasse] = []
        for zeile in read_listenzeilen(pfad, klasse):
            alt = bisher.get(_key(zeile.eintrag))
            neu, gesagt = (zeile.eintrag, []) if alt is None else _keep(alt, zeile.eintrag, zeile.leer)
            gelesen[klasse].append(neu)
            saetze += gesagt
    return gelesen, tuple(saetze)


def _key(eintrag: Any) -> tuple[str, ...]:
    return tuple(str(teil).casefold() for teil in read_schluessel(eintrag))


def _keep(alt: Any, neu: Any, leer: frozenset[str]) -> tuple[Any, list[str]]:
    """Give a record that came back the old value where its empty cell would become a default; say every emptied cell."""
    saetze, behalten = [], {}
    for feld in felder_of(type(alt)):
        wert = getattr(alt, feld.name)
        if feld.name not in leer or wert in (None, "", ()) or not feld.to_text(wert):
            continue
        if feld.leer in (None, "", ()):
            folge = "beim Übernehmen ist es leer"
        elif wert == feld.leer:
            continue
        else:
            behalten[feld.name] = wert
            folge = "es bleibt dabei"
        saetze.append(
            f"{name_eintrag(alt, kurz=True)}: „{feld.titel}“ ist geleert, bisher „{feld.to_text(wert)}“; {folge}."
        )
    return attrs.evolve(neu, **behalten), saetze


_PLAN = ("kosten", "eigenmittel", "drittmittel", "foerderprogramm")
"""Money that was agreed; a Träger adds what was spent."""


def _warn(projekt: Projekt, unterschiede: Unterschiede, da: set[str], wer: set[str]) -> tuple[str, ...]:
    """Say what deserves a look: measures that are missing, new ones, changed links and owners."""
    fehlt = [m.schluessel for m in projekt.read(Massnahme) if m.verantwortlich in wer and m.schluessel not in da]
    saetze = [f"Es fehlen {', '.join(fehlt)}; sie bleiben, wie sie sind."] if fehlt else []
    neu = [n.schluessel for n in unterschiede.neu if isinstance(n, Massnahme)]
    saetze += [f"Neu sind {', '.join(neu)}; bitte prüfen, ob sie gemeint sind."] if neu else []
    for alt, jetzt in unterschiede.geaendert:
        if isinstance(alt, Massnahme):
            anders = [f.titel for f in _feste() if getattr(alt, f.name) != getattr(jetzt, f.name)]
            saetze += [f"{alt.schluessel}: {', '.join(anders)} anders als vereinbart."] if anders else []
        else:
            anders = [
                f.titel
                for f in felder_of(Massnahmenkosten)
                if f.name in _PLAN and getattr(alt, f.name) != getattr(jetzt, f.name)
            ]
            saetze += [f"{alt.massnahme}, {alt.jahr}: {', '.join(anders)} anders als geplant."] if anders else []
    return tuple(saetze)


def _feste() -> list[Any]:
    """Fields that a Träger does not decide alone."""
    return [
        f
        for f in felder_of(Massnahme)
        if f.name in ("name", "verantwortlich", "ziel", "gebiete", "leistung_ziel", "wirkung_ziel")
    ]
