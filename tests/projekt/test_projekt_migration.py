"""Older files: migrations in order, each whole or not at all; new fields and classes."""

from __future__ import annotations

import datetime as dt
import enum
import sqlite3
from pathlib import Path

import attrs
import pytest
from projekthilfe import fingerprint

from sozialtool.fach.felder import feld
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import ProjektFehler
from sozialtool.projekt import find_sicherungen, migrationen, open_projekt, tabellen


class Art(enum.Enum):
    ALT = "alt"
    NEU = "neu"


def make_larger_gebiet() -> type:
    """Build the class Gebiet as a later version might have it."""

    @attrs.frozen
    class Gebiet:
        schluessel: str = feld("Schlüssel", schluessel=True)
        name: str = feld("Name", pflicht=True)
        ebene: str = feld("Ebene", pflicht=True)
        teil_von: str = feld("Teil von", default="")
        namen: tuple[str, ...] = feld("Andere Namen", default=())
        reihenfolge: int = feld("Reihenfolge", default=0)
        kachel_x: int | None = feld("Kachel Spalte", default=None)
        kachel_y: int | None = feld("Kachel Zeile", default=None)
        flaeche: float = feld("Fläche", einheit="ha", default=1.5)
        bemerkung: str = feld("Bemerkung", default="wie's ist")
        art: Art = feld("Art", default=Art.ALT)
        seit: dt.date | None = feld("Seit", default=None)
        merkmale: tuple[str, ...] = feld("Merkmale", default=("a",))

    return Gebiet


make_larger_gebiet.__globals__.setdefault("Art", Art)


@pytest.fixture
def groesser(monkeypatch: pytest.MonkeyPatch) -> type:
    klasse = make_larger_gebiet()
    monkeypatch.setattr(
        tabellen, "GESPEICHERT", tuple(klasse if alt is Gebiet else alt for alt in tabellen.GESPEICHERT)
    )
    return klasse


def read_migrations(pfad: Path) -> list[str]:
    verbindung = sqlite3.connect(pfad)
    namen = [name for (name,) in verbindung.execute("SELECT name FROM migration ORDER BY lauf")]
    verbindung.close()
    return namen


def test_new_fields_come_with_their_default_and_a_copy_is_made_before(geschlossen: Path, groesser: type) -> None:
    with open_projekt(geschlossen) as projekt:
        gebiete = projekt.read(groesser)
        assert gebiete[0] == groesser("00", "Gebiet 0", "sozialraum")
        assert gebiete[0].merkmale == ("a",)
        assert len(gebiete) == 200
        with projekt.change("neu") as schreiber:
            schreiber.put(attrs.evolve(gebiete[0], flaeche=7.25, art=Art.NEU, seit=dt.date(2025, 1, 1)))
        assert projekt.undo().anzahl == 1
        assert projekt.read(groesser) == gebiete
        assert projekt.redo().anzahl == 1
        assert projekt.get(groesser, "00").art is Art.NEU
    assert [s.grund for s in find_sicherungen(geschlossen)] == ["vor-migration"]
    assert read_migrations(geschlossen)[-5:] == [
        f"Spalte gebiet.{name}" for name in ("flaeche", "bemerkung", "art", "seit", "merkmale")
    ]
    open_projekt(geschlossen).close()
    assert len(read_migrations(geschlossen)) == len(set(read_migrations(geschlossen)))


def test_changes_from_before_the_new_field_can_still_be_taken_back(geschlossen: Path, groesser: type) -> None:
    with open_projekt(geschlossen) as projekt:
        davor = projekt.read(groesser)
        projekt.undo()
        assert projekt.read(groesser) == []
        projekt.redo()
        assert projekt.read(groesser) == davor


def test_reading_only_brings_an_older_file_up_to_date_in_memory(geschlossen: Path, groesser: type) -> None:
    davor = fingerprint(geschlossen.parent)
    with open_projekt(geschlossen, nur_lesen=True) as projekt:
        assert projekt.get(groesser, "00").flaeche == 1.5
    assert fingerprint(geschlossen.parent) == davor


def test_the_older_program_still_works_with_the_extended_file(
    geschlossen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alt = tabellen.GESPEICHERT
    klasse = make_larger_gebiet()
    monkeypatch.setattr(tabellen, "GESPEICHERT", tuple(klasse if k is Gebiet else k for k in alt))
    with open_projekt(geschlossen) as projekt, projekt.change("Fläche") as schreiber:
        schreiber.put(klasse("00", "Gebiet 0", "sozialraum", flaeche=9.0))
    monkeypatch.setattr(tabellen, "GESPEICHERT", alt)
    with open_projekt(geschlossen) as projekt:
        with projekt.change("Name") as schreiber:
            schreiber.put(Gebiet("00", "Mitte", "sozialraum"), Gebiet("neu", "Neu", "sozialraum"))
            schreiber.remove(Gebiet, "01")
        projekt.undo()
        projekt.redo()
    monkeypatch.setattr(tabellen, "GESPEICHERT", tuple(klasse if k is Gebiet else k for k in alt))
    with open_projekt(geschlossen) as projekt:
        assert projekt.get(klasse, "00") == klasse("00", "Mitte", "sozialraum", flaeche=9.0)
        assert projekt.get(klasse, "neu").flaeche == 1.5


def test_a_file_from_before_the_seals_gets_them(geschlossen: Path) -> None:
    verbindung = sqlite3.connect(geschlossen)
    verbindung.executescript("DROP TABLE siegel; DELETE FROM migration WHERE nummer = 2 AND name = 'add_siegel';"
                             "UPDATE migration SET nummer = 1; PRAGMA user_version = 1;")  # fmt: skip
    verbindung.close()
    with open_projekt(geschlossen, nur_lesen=True) as projekt:
        assert len(projekt.read(Gebiet)) == 200
    with open_projekt(geschlossen) as projekt, projekt.change("neu") as schreiber:
        schreiber.put(Gebiet("neu", "x", "s"))
    geschlossen.write_bytes(geschlossen.read_bytes().replace(b"Gebiet 16", b"Gebiet 17"))
    with pytest.raises(ProjektFehler, match="Prüfsumme"):
        open_projekt(geschlossen)


def test_a_new_class_gets_its_table(geschlossen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @attrs.frozen
    class Spielgeraet:
        schluessel: str = feld("Schlüssel", schluessel=True)
        titel: str = feld("Titel", pflicht=True)

    monkeypatch.setattr(tabellen, "GESPEICHERT", (*tabellen.GESPEICHERT, Spielgeraet))
    with open_projekt(geschlossen) as projekt:
        with projekt.change("neu") as schreiber:
            schreiber.put(Spielgeraet("1", "Spielplatz"))
        projekt.undo()
        assert projekt.read(Spielgeraet) == []
    assert read_migrations(geschlossen)[-1] == "Tabelle spielgeraet"


def test_a_new_field_without_default_needs_a_written_migration(
    geschlossen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @attrs.frozen
    class Gebiet:
        schluessel: str = feld("Schlüssel", schluessel=True)
        pflicht: str = feld("Pflicht", pflicht=True)

    monkeypatch.setattr(tabellen, "GESPEICHERT", (Kommune, Gebiet))
    davor = geschlossen.read_bytes()
    with pytest.raises(TypeError, match=r"gebiet\.pflicht has no default"):
        open_projekt(geschlossen)
    assert geschlossen.read_bytes() == davor


def rename_all(verbindung: sqlite3.Connection) -> None:
    verbindung.execute("UPDATE laufend SET nummer = 0")
    verbindung.execute("UPDATE gebiet SET name = upper(name)")
    verbindung.execute("UPDATE laufend SET nummer = NULL")


def break_halfway(verbindung: sqlite3.Connection) -> None:
    rename_all(verbindung)
    verbindung.execute("CREATE TABLE halb (x)")
    raise RuntimeError("mitten in der Migration")


def test_migrations_run_once_in_order_and_are_recorded(geschlossen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrationen, "MIGRATIONEN", (*migrationen.MIGRATIONEN, rename_all))
    monkeypatch.setattr("sozialtool.projekt.oeffnen.MIGRATIONEN", migrationen.MIGRATIONEN)
    davor = fingerprint(geschlossen.parent)
    with open_projekt(geschlossen, nur_lesen=True) as projekt:
        assert projekt.get(Gebiet, "00").name == "GEBIET 0"  # type: ignore[union-attr]
    assert fingerprint(geschlossen.parent) == davor
    for _ in range(2):
        with open_projekt(geschlossen) as projekt:
            assert projekt.get(Gebiet, "00").name == "GEBIET 0"  # type: ignore[union-attr]
    assert read_migrations(geschlossen)[0] == "create_grundlage"
    assert read_migrations(geschlossen).count("rename_all") == 1
    (sicherung,) = find_sicherungen(geschlossen)
    monkeypatch.undo()
    with open_projekt(sicherung.pfad, nur_lesen=True) as alt:
        assert alt.get(Gebiet, "00").name == "Gebiet 0"  # type: ignore[union-attr]
    with pytest.raises(ProjektFehler, match="neueren"):
        open_projekt(geschlossen)


def test_a_migration_that_fails_leaves_the_file_as_it_was(geschlossen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrationen, "MIGRATIONEN", (*migrationen.MIGRATIONEN, break_halfway))
    monkeypatch.setattr("sozialtool.projekt.oeffnen.MIGRATIONEN", migrationen.MIGRATIONEN)
    davor = read_migrations(geschlossen)
    with pytest.raises(RuntimeError, match="mitten"):
        open_projekt(geschlossen)
    monkeypatch.undo()
    assert read_migrations(geschlossen) == davor
    with open_projekt(geschlossen) as projekt:
        assert projekt.get(Gebiet, "00").name == "Gebiet 0"  # type: ignore[union-attr]
    assert not geschlossen.with_name("lindenrath.sozial.sperre").exists()
