"""A council paper on its way out: written with released figures, checked against its Anlage, kept as a release when it is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.drucksachen import Drucksachenbild, describe_drucksache
from sozialtool.ablauf.drucksachenwort import Geschrieben, write_drucksache
from sozialtool.ablauf.gezeigtes import Ort, read_gezeigtes, read_heutige
from sozialtool.ablauf.kennzahlen import Ergebnis
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler, SozialtoolFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen

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
) -> Geschrieben:
    """Write a paper as Word; with `endgueltig` it goes out, and the figures in its text are kept as a release.

    `stand` is its day where it has none of its own (today unless given); `briefbogen` a letterhead (the one beside the project
    unless given). The others are those of `vorlegen.ausgeben`.

    Raises:
        BedienFehler: no such paper; DRUCKSACHE-OFFEN, a final one has places that nobody filled, or other figures than its Anlage;
            BERATUNG-FEHLT. GeheimhaltungsFehler: as in `ausgeben`. DateiFehler: the letterhead cannot be used.
        DateiGesperrt: the paper is open in Word. Abgebrochen: stopped.
    """
    tag = stand or dt.date.today()
    bild = describe_drucksache(projekt, nummer)
    vorbehalt = ""
    if endgueltig:
        from sozialtool.ablauf.umlauf import require_gesehen

        vorbehalt = require_gesehen(projekt, bild.jahr, tag, begruendung)
    bogen = find_briefbogen(projekt, briefbogen)
    grundlage = _read_figures(projekt, bild, fortschritt, stop)
    if grundlage is not None:
        require_hinaus(projekt, grundlage.ergebnis, grenzen_geprueft=grenzen_geprueft, bekanntes=bekanntes_hinnehmen)
    geschrieben = write_drucksache(projekt, nummer, grundlage, tag=tag, bogen=bogen)
    if grundlage is not None:
        andere = _compare_anlage(grundlage, bild.veroeffentlichungen, geschrieben.kennzahlen)
        geschrieben = attrs.evolve(
            geschrieben, hinweise=(*geschrieben.hinweise, *andere), offen=geschrieben.offen or bool(andere)
        )
    geschrieben = attrs.evolve(
        geschrieben, hinweise=(*geschrieben.hinweise, *_check_anlagen(projekt, bild, endgueltig=endgueltig))
    )
    if endgueltig:
        _require_fertig(geschrieben)
        _keep(projekt, grundlage, bild, geschrieben, tag, vorbehalt)
    return geschrieben


def find_briefbogen(projekt: Projekt, pfad: Path | None) -> Briefbogen | None:
    """Read the letterhead that is named, else the one beside the project; None where there is none. Errors as in `read_briefbogen`."""
    from sozialtool.ausgabe.briefbogen import DATEI, read_briefbogen

    eigener = projekt.pfad.parent / DATEI
    if pfad is None and not eigener.is_file():
        return None
    return read_briefbogen(pfad or eigener)


def _read_figures(
    projekt: Projekt, bild: Drucksachenbild, fortschritt: Fortschritt | None, stop: Stop | None
) -> Plangrundlage | None:
    """Compute and protect, where there is anything to compute; a paper without figures can be written without."""
    try:
        return read_plangrundlage(projekt, bild.jahr, fortschritt, stop)
    except SozialtoolFehler as fehler:
        if fehler.code in _OHNE_ZAHLEN:
            return None
        raise


def require_hinaus(projekt: Projekt, ergebnis: Ergebnis, *, grenzen_geprueft: bool, bekanntes: bool) -> None:
    """Refuse figures that something already public would make unsafe; errors GEHEIM-GRENZEN and GEHEIM-FRUEHER."""
    from sozialtool.ablauf.grenzschutz import require_grenzen
    from sozialtool.ablauf.veroeffentlichungen import require_fruehere

    if not grenzen_geprueft:
        require_grenzen(projekt)
    if not bekanntes:
        require_fruehere(ergebnis)


def _compare_anlage(
    grundlage: Plangrundlage, fruehere: Iterable[Veroeffentlichung], benutzt: frozenset[Ort]
) -> tuple[str, ...]:
    """Name the figures of the text that its frozen Anlage shows otherwise: paper and Anlage would contradict each other."""
    heute = read_heutige(grundlage.ergebnis)
    saetze = []
    for v in fruehere:
        if not v.datei.endswith(".xlsx"):
            continue
        damals = read_gezeigtes(v)
        anders = sorted(o for o in benutzt if o in damals and o in heute and not damals[o].is_same(heute[o]))
        if anders:
            welche = "; ".join(f"{k} {j} {grundlage.name(g)}" for k, j, g in anders[:_MEISTE])
            weitere = f" und {len(anders) - _MEISTE} weitere" if len(anders) > _MEISTE else ""
            saetze.append(
                f"Die Anlage {v.datei} ist festgehalten und zeigt andere Zahlen als dieser Text: {welche}{weitere}. "
                "Bitte die Anlage noch einmal endgültig ausgeben oder eine Korrekturmitteilung schreiben."
            )
    return tuple(saetze)


def _check_anlagen(projekt: Projekt, bild: Drucksachenbild, *, endgueltig: bool) -> Iterator[str]:
    """Name Anlagen that are not written yet, and a Monitoring that is a draft although the paper goes out."""
    from sozialtool.ablauf.vorlegen import ausgaben_ordner

    fest = {v.datei for v in bild.veroeffentlichungen}
    for a in bild.anlagen:
        if a.datei and not (ausgaben_ordner(projekt, bild.jahr) / a.datei).is_file():
            yield f"Anlage {a.nummer} ({a.datei}) ist noch nicht geschrieben."
        elif endgueltig and a.datei.startswith("Monitoring") and a.datei not in fest:
            yield f"Anlage {a.nummer} ({a.datei}) ist noch ein Entwurf: Bitte das Monitoring endgültig ausgeben."


def _require_fertig(geschrieben: Geschrieben) -> None:
    if geschrieben.offen:
        raise BedienFehler(
            "Die Drucksache ist geschrieben, kann so aber nicht endgültig hinaus: "
            + " ".join(geschrieben.hinweise[:_MEISTE]),
            "Bitte die Texte ändern und noch einmal schreiben.",
            "DRUCKSACHE-OFFEN",
        )


def _keep(
    projekt: Projekt, grundlage: Plangrundlage | None, bild: Drucksachenbild, geschrieben: Geschrieben, tag: dt.date, vorbehalt: str
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
