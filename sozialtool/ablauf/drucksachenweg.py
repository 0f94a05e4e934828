"""A council paper on its way out: written with released figures, checked against its Anlage, kept as a release when it is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from sozialtool.ablauf.briefwahl import find_briefbogen
from sozialtool.ablauf.drucksachen import Drucksachenbild, describe_drucksache, find_monitoringanlagen
from sozialtool.ablauf.drucksachenwort import write_drucksache
from sozialtool.ablauf.gezeigtes import Ort, find_unvergleichbare, is_monitoring, read_heutige, read_letzte
from sozialtool.ablauf.hinausweg import Hinausweg
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.veroeffentlichungen import list_veroeffentlichungen
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.wortdatei import Schriftstueck
from sozialtool.fach.schreibweise import cut_zeilen, name_einige
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler, SozialtoolFehler
from sozialtool.projekt import Projekt

_MEISTE = 5
_OHNE_ZAHLEN = ("RECHNEN-LEER", "RECHNEN-JAHR")
"""There is no figure at all, or none of that year: places for figures then say so themselves."""


def issue_drucksache(
    projekt: Projekt,
    nummer: str,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    briefbogen: Path | None = None,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    endgueltig: bool = False,
    begruendung: str = "",
) -> Schriftstueck:
    """Write a paper as Word; with `endgueltig` it goes out, and the figures in its text are kept as a release.

    `stand` is its day where it has none of its own (today unless given); `briefbogen` a letterhead (the one beside the project
    unless given). The others are those of `vorlegen.ausgeben`.

    Raises:
        BedienFehler: no such paper; DRUCKSACHE-OFFEN, something is missing in a final one, or its figures are others than those of its Anlage;
            BERATUNG-FEHLT. GeheimhaltungsFehler: as in `ausgeben`. DateiFehler: the letterhead cannot be used.
        DateiGesperrt: the paper is open in Word. Abgebrochen: stopped.
    """
    tag = stand or dt.date.today()
    bild = describe_drucksache(projekt, nummer)
    weg = Hinausweg(projekt, tag, endgueltig, begruendung, grenzen_geprueft, bekanntes_hinnehmen)
    vorbehalt = weg.require_gesehen(bild.jahr)
    bogen = find_briefbogen(projekt, briefbogen)
    grundlage = read_figures(projekt, bild, fortschritt, stop)
    if grundlage is not None:
        # A paper without figures gives nothing away, whatever the boundaries are.
        weg.require_vorab()
        weg.require_ergebnis(grundlage.ergebnis)
    geschrieben = write_drucksache(projekt, nummer, grundlage, tag=tag, bogen=bogen)
    if grundlage is not None:
        andere = tuple(_compare_anlagen(projekt, grundlage, bild, geschrieben.kennzahlen))
        ohne = _name_unvergleichbare(projekt, bild) if geschrieben.kennzahlen else ()
        geschrieben = attrs.evolve(
            geschrieben, hinweise=(*geschrieben.hinweise, *andere, *ohne), offen=(*geschrieben.offen, *andere)
        )
    weitere = (*_check_anlagen(projekt, bild, endgueltig=endgueltig), *(bogen.hinweise if bogen else ()))
    geschrieben = attrs.evolve(geschrieben, hinweise=(*geschrieben.hinweise, *weitere))
    if endgueltig:
        _require_fertig(geschrieben)
        _keep(projekt, grundlage, bild, geschrieben, tag, vorbehalt)
    return geschrieben


def require_fertige_drucksache(
    projekt: Projekt, nummer: str, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> None:
    """Write a paper as a draft and raise `BedienFehler` (DRUCKSACHE-OFFEN) where anything is missing that a final one must have.

    Boundaries and earlier releases are asked about before; the other errors are those of `issue_drucksache`.
    """
    _require_fertig(
        issue_drucksache(projekt, nummer, fortschritt, stop, grenzen_geprueft=True, bekanntes_hinnehmen=True)
    )


def read_figures(
    projekt: Projekt, bild: Drucksachenbild, fortschritt: Fortschritt | None, stop: Stop | None
) -> Plangrundlage | None:
    """Compute and protect, where there is anything to compute; a paper without figures can be written without."""
    try:
        return read_plangrundlage(projekt, bild.jahr, fortschritt, stop)
    except SozialtoolFehler as fehler:
        if fehler.code in _OHNE_ZAHLEN:
            return None
        raise


def _compare_anlagen(
    projekt: Projekt, grundlage: Plangrundlage, bild: Drucksachenbild, benutzt: frozenset[Ort]
) -> Iterator[str]:
    """Name the figures of the text that its frozen Anlagen show otherwise: paper and Anlage would contradict each other.

    A figure that a newer Anlage or a notice has told since is no contradiction any more.
    """
    hinaus = list_veroeffentlichungen(projekt)
    letzte, heute = read_letzte(hinaus), read_heutige(grundlage.ergebnis)
    anders: dict[str, set[Ort]] = {}
    for ort in benutzt & set(heute):
        for stand in letzte.get(ort, ()):
            for v in () if stand.gezeigt.is_same(heute[ort]) else stand.wo:
                anders.setdefault(v.schluessel, set()).add(ort)
    for v in _list_mappen(hinaus, bild):
        eigene = sorted(anders.get(v.schluessel, ()))
        if eigene:
            welche = name_einige([f"{k} {j} {grundlage.name(g)}" for k, j, g in eigene], _MEISTE, "; ")
            yield (
                f"Die Anlage {v.datei} ist festgehalten und zeigt andere Zahlen als dieser Text: {welche}. "
                "Bitte die Anlage noch einmal endgültig ausgeben oder eine Korrekturmitteilung schreiben."
            )


def _list_mappen(hinaus: Iterable[Veroeffentlichung], bild: Drucksachenbild) -> list[Veroeffentlichung]:
    """The newest release of each workbook of a paper."""
    nummer = bild.drucksache.schluessel
    return list({v.datei: v for v in hinaus if v.drucksache == nummer and v.datei.endswith(".xlsx")}.values())


def _name_unvergleichbare(projekt: Projekt, bild: Drucksachenbild) -> Iterator[str]:
    """Name the frozen Anlagen of which nobody kept what they showed: whether the text agrees with them, nobody can say here."""
    for v in _list_mappen(find_unvergleichbare(list_veroeffentlichungen(projekt)), bild):
        yield (
            f"Ob die Anlage {v.datei} dieselben Zahlen zeigt wie dieser Text, lässt sich nicht prüfen: Als sie hinausging, wurde "
            "das noch nicht festgehalten. Bitte selbst vergleichen oder die Anlage noch einmal endgültig ausgeben."
        )


def _check_anlagen(projekt: Projekt, bild: Drucksachenbild, *, endgueltig: bool) -> Iterator[str]:
    """Name Anlagen that are not written yet, and a Monitoring that is a draft although the paper goes out."""
    from sozialtool.ablauf.vorlegen import ausgaben_ordner

    # Only the workbook is kept as a release; its accessible edition goes out with it.
    fest = any(v.jahr == bild.jahr and is_monitoring(v) for v in bild.veroeffentlichungen)
    entwuerfe = () if fest or not endgueltig else find_monitoringanlagen(bild)
    for a in bild.anlagen:
        if a.datei and not (ausgaben_ordner(projekt, bild.jahr) / a.datei).is_file():
            yield f"Anlage {a.nummer} ({a.datei}) ist noch nicht geschrieben."
        elif a in entwuerfe:
            yield f"Anlage {a.nummer} ({a.datei}) ist noch ein Entwurf: Bitte das Monitoring endgültig ausgeben."


def _require_fertig(geschrieben: Schriftstueck) -> None:
    if geschrieben.offen:
        was = cut_zeilen([f"– {offen}" for offen in geschrieben.offen], _MEISTE)
        raise BedienFehler(
            "\n".join(("Die Drucksache ist geschrieben, kann so aber nicht endgültig hinaus:", *was)),
            "Bitte das Fehlende eintragen oder die Texte ändern und noch einmal schreiben.",
            "DRUCKSACHE-OFFEN",
        )


def _keep(
    projekt: Projekt, grundlage: Plangrundlage | None, bild: Drucksachenbild, geschrieben: Schriftstueck, tag: dt.date, vorbehalt: str
) -> None:  # fmt: skip
    """Keep the figures of the text as a release of their own; a text without figures shows none."""
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung
    from sozialtool.geheimhaltung.festhalten import Auswahl

    if grundlage is None or not geschrieben.kennzahlen:
        return
    record_veroeffentlichung(
        projekt, grundlage.ergebnis, bild.jahr, geschrieben.pfad, bild.drucksache.schluessel, bild.drucksache.datum or tag,
        Auswahl(geschrieben.kennzahlen), vorbehalt,
    )  # fmt: skip
