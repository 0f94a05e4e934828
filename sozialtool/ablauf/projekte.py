"""Begin, open, take back, secure: what concerns the project as a whole."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import attrs

from sozialtool import katalog, orte
from sozialtool.fach import raum
from sozialtool.fach.raum import JAHRE, Ebene, Gebiet, Kommune
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import BedienFehler, DateiFehler, DateiFehlt, FeldFehler, grund_of
from sozialtool.projekt import Aenderung, Projekt
from sozialtool.projekt import create_projekt as _create
from sozialtool.projekt import open_projekt as _open

_ANFANG = "Katalog"
"""Origin of the change that fills a new project; it is never taken back."""
_GERAET = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_GANZER_VERLAUF = 100_000
PLATZ = 100
"""Room behind the path of a project for its backups, outputs and journal."""

ORDNER = ("abfragen", "eingang", "ausgaben", "sicherungen")
"""Folders beside the project file (entwurf.md section 5)."""

_EBENEN = (
    Ebene(raum.STADT, "Stadt", "Stadt", "", planungsebene=False, reihenfolge=1),
    Ebene(raum.ORTSTEIL, "Ortsteil", "Ortsteile", raum.STADT, planungsebene=False, reihenfolge=2),
    Ebene(raum.SOZIALRAUM, "Sozialraum", "Sozialräume", raum.ORTSTEIL, planungsebene=True, reihenfolge=3),
)


def file_name(name: str) -> str:
    """Turn the name of a town into a plain file name: "Bad Köstritz" → "bad_koestritz"."""
    text = name.casefold()
    for von, nach in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(von, nach)
    text = re.sub(r"[^a-z0-9]+", "_", text).strip("_") or "projekt"
    # Names that Windows reserves for devices cannot be files.
    return f"stadt_{text}" if _GERAET.fullmatch(text) else text


def folder_name(name: str) -> str:
    """Turn the name of a town into the name of one folder on any system: "Stadt a/b" → "Stadt a_b"."""
    return orte.safe_name(name, "Stadt")


def check_kommune(kommune: Kommune) -> None:
    """Raise `FeldFehler` when name, AGS or year cannot be right."""
    if not kommune.name.strip():
        raise FeldFehler("Der Name der Stadt fehlt.", "Bitte den Namen eingeben.", "KOMMUNE-NAME", "name")
    if re.search(r"[\x00-\x1f\x7f]", kommune.name):
        raise FeldFehler(
            "Der Name der Stadt hat mehr als eine Zeile.", "Bitte nur den Namen eingeben.", "KOMMUNE-NAME", "name"
        )
    if not re.fullmatch(r"[0-9]{8}", kommune.ags):
        raise FeldFehler(
            f"„{kommune.ags}“ ist kein amtlicher Gemeindeschlüssel.",
            "Er hat acht Ziffern, mit führender Null, zum Beispiel 05170044.",
            "KOMMUNE-AGS",
            "ags",
        )
    if kommune.berichtsjahr not in JAHRE:
        raise FeldFehler("Das Berichtsjahr fehlt.", "Bitte ein Jahr wie 2025 eingeben.", "KOMMUNE-JAHR", "berichtsjahr")


def create_projekt(ordner: Path, kommune: Kommune) -> Projekt:
    """Begin a project for a town in `ordner/<Name>/` with the catalogue, levels and folders it needs.

    Raises:
        FeldFehler: the answers do not fit. BedienFehler: there is a project already. DateiFehler: cannot be written.
    """
    check_kommune(kommune)
    check_ordner(Path(ordner))
    pfad = orte.lang(Path(ordner) / f"{file_name(kommune.name)}.sozial", PLATZ)
    if pfad.exists():
        raise BedienFehler(
            f"In {pfad.parent} liegt schon ein Projekt „{pfad.name}“.", "Bitte öffnen oder einen anderen Ordner wählen."
        )
    for name in ("", *ORDNER):
        make_folder(pfad.parent / name)
    projekt = _create(pfad, kommune)
    try:
        with projekt.change(
            f"Indikatoren, Merkmale und Bausteine für {kommune.name} aufgenommen", _ANFANG
        ) as schreiber:
            schreiber.put(*_EBENEN, Gebiet(kommune.ags, kommune.name, raum.STADT))
            schreiber.put(*katalog.load_handlungsfelder(), *katalog.load_merkmale(), *katalog.load_brueche())
            schreiber.put(*katalog.load_indikatoren(), *katalog.load_bausteine(), *katalog.load_inhalte())
    except BaseException:
        # Without its catalogue it would open, but nothing could be done in it, and its name would be taken.
        projekt.close()
        orte.remove(pfad)
        raise
    remember(pfad)
    return projekt


def check_ordner(ordner: Path) -> None:
    """Raise `BedienFehler` when a folder that is still to be made has a name that Windows does not take."""
    for teil in (ordner, *ordner.parents):
        mangel = orte.find_mangel(teil.name) if teil.name != ".." else ""
        if mangel and not os.path.isdir(orte.lang(teil)):  # noqa: PTH112  # Path.is_dir raises on names of devices
            raise BedienFehler(
                f"Ein Ordner kann nicht „{teil.name}“ heißen. {mangel}",
                "Bitte einen anderen Namen wählen.",
                "ORDNER-NAME",
            )


def make_folder(pfad: Path) -> None:
    """Create a folder; raise `DateiFehlt` with a German message where that is impossible."""
    try:
        pfad.mkdir(parents=True, exist_ok=True)
    except OSError as fehler:
        raise DateiFehlt(
            f"Der Ordner {pfad} lässt sich nicht anlegen.",
            "Bitte einen Ordner wählen, in den geschrieben werden darf.",
            "ORDNER",
        ) from fehler


def open_projekt(pfad: Path, *, nur_lesen: bool = False) -> Projekt:
    """Open a project file, or the only one in a folder; errors as in `projekt.open_projekt`."""
    pfad = orte.lang(pfad, PLATZ)
    if pfad.is_dir():
        funde = sorted(pfad.glob("*.sozial"))
        if len(funde) != 1:
            zahl = "kein Projekt" if not funde else f"{len(funde)} Projekte"
            raise DateiFehlt(
                f"Im Ordner {pfad} {'liegen' if len(funde) > 1 else 'liegt'} {zahl} (Endung .sozial).",
                "Bitte die Projektdatei selbst angeben.",
                "PROJEKT-WAHL",
            )
        pfad = funde[0]
    projekt = _open(pfad, nur_lesen=nur_lesen)
    remember(pfad)
    return projekt


def _memory() -> Path:
    return orte.einstellungen() / "letzte_projekte.txt"


def remember(pfad: Path) -> None:
    """Put a project on top of the list of recent ones; settings that cannot be written are no reason to fail."""
    # Not resolved: Windows would turn the drive P: that the person knows into the name of a server.
    zeilen = [orte.zeige(orte.lang(pfad))]
    # Windows knows no difference between Stadt.sozial and STADT.SOZIAL.
    zeilen += [str(p) for p in letzte_projekte() if os.path.normcase(p) != os.path.normcase(zeilen[0])]
    datei = _memory()
    try:
        datei.parent.mkdir(parents=True, exist_ok=True)
        datei.write_text("\n".join(zeilen[:10]) + "\n", encoding="utf-8")
    except OSError:
        return


def letzte_projekte() -> list[Path]:
    """List recent projects that still exist, newest first."""
    try:
        text = _memory().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(zeile) for zeile in text.splitlines() if zeile.strip() and _is_da(zeile)]


def copy_datei(von: Path, nach: Path) -> None:
    """Copy a shipped file; raise `DateiFehler` with a German message where the target cannot be written."""
    try:
        shutil.copyfile(von, nach)
    except OSError as fehler:
        raise DateiFehler(
            f"{orte.zeige(nach)} lässt sich nicht schreiben ({grund_of(fehler)}).", "Bitte einen anderen Ordner wählen."
        ) from fehler


def _is_da(zeile: str) -> bool:
    """Whether a project can be seen; a share that refuses itself, or a folder that is just being deleted, is not there."""
    try:
        return orte.lang(zeile).is_file()
    except OSError:
        return False


def set_berichtsjahr(projekt: Projekt, jahr: int) -> Aenderung:
    """Set the year that is being reported on."""
    kommune = attrs.evolve(projekt.kommune, berichtsjahr=jahr)
    check_kommune(kommune)
    with projekt.change(f"Berichtsjahr {jahr} gewählt") as schreiber:
        schreiber.put(kommune)
    return projekt.verlauf(1)[0]


def say_ruecknahme(projekt: Projekt, *, vor: bool = False) -> str:
    """Say what has to be considered before the newest change is taken back (`vor`: the one taken back last is done again).

    Returns:
        Sentences about the releases that this would take back or record again; "" where it concerns none.
    """
    weg, wieder = projekt.read_wieder(Veroeffentlichung) if vor else projekt.read_zurueck(Veroeffentlichung)
    saetze = [
        f"Das nimmt „{v.name}“ als Veröffentlichung zurück. Nur, wenn sie das Haus nicht verlassen hat: Was sie zeigt, wird sonst "
        "bei späteren Ausgaben nicht mehr mitgeschützt."
        for v in weg
    ]
    saetze += [
        f"Das hält „{v.name}“ wieder als Veröffentlichung fest: Sie gilt dann als hinausgegangen, und spätere Ausgaben richten "
        "sich nach ihr."
        for v in wieder
    ]
    return " ".join(saetze)


def undo(projekt: Projekt, *, trotzdem: bool = False) -> Aenderung:
    """Take back the newest change; `trotzdem`: also one of which `say_ruecknahme` says something.

    Raises:
        BedienFehler: there is none, or only the beginning of the project; ZURUECK-HINAUS, it concerns a release.
    """
    letzte = next((a for a in projekt.verlauf(_GANZER_VERLAUF) if not a.zurueckgenommen), None)
    if letzte is not None and letzte.herkunft == _ANFANG:
        # Without catalogue and levels nothing would work any more; there is no intention that this could be.
        raise BedienFehler("Es gibt nichts (mehr) zurückzunehmen.", "Das Projekt ist, wie es angelegt wurde.")
    if not trotzdem and (bedenken := say_ruecknahme(projekt)):
        raise BedienFehler(bedenken, "Soll es so sein: sozialtool zurueck --trotzdem.", "ZURUECK-HINAUS")
    return projekt.undo()


def redo(projekt: Projekt, *, trotzdem: bool = False) -> Aenderung:
    """Do again what was taken back last; `trotzdem`: also that of which `say_ruecknahme` says something.

    Raises:
        BedienFehler: there is nothing; WIEDER-HINAUS, it concerns a release.
    """
    if not trotzdem and (bedenken := say_ruecknahme(projekt, vor=True)):
        raise BedienFehler(bedenken, "Soll es so sein: sozialtool wiederherstellen --trotzdem.", "WIEDER-HINAUS")
    return projekt.redo()


def verlauf(projekt: Projekt, anzahl: int = 50) -> list[Aenderung]:
    """List the newest changes, newest first."""
    return projekt.verlauf(anzahl)


def back_up(projekt: Projekt) -> Path:
    """Write a dated copy of the project and return its path."""
    return projekt.back_up("von Hand")
