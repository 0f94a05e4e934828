"""Why the system refused is said in German: its own words are English outside Windows."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sozialtool.ausgabe.briefbogen import read_briefbogen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.wortpaket import Wortpaket
from sozialtool.einlesen.spuren import read_spuren
from sozialtool.einlesen.worttabelle import read_worttabellen
from sozialtool.fehler import DateiFehler, DateiFehlt, DateiGesperrt, grund_of
from sozialtool.orte import explain_os_error
from sozialtool.projekt.verbindung import translate_os


@pytest.mark.parametrize("nummer", [errno.ENOSPC, errno.EISDIR, errno.EROFS, errno.EIO, errno.ENOTDIR, errno.EXDEV, 0])
def test_no_word_of_the_system_reaches_the_person(nummer):
    fehler = OSError(nummer, os.strerror(nummer))
    for text in (
        grund_of(fehler),
        str(translate_os(fehler, Path("a.sozial"))),
        str(explain_os_error(Path("a.xlsx"), fehler)),
    ):
        assert os.strerror(nummer) not in text
        assert text


def test_windows_speaks_the_language_of_the_office():
    fehler = OSError(errno.ENOSPC, "Es steht nicht genug Speicherplatz zur Verfügung.")
    fehler.winerror = 112
    assert grund_of(fehler) == fehler.strerror


def test_folder_in_the_way_of_a_workbook(tmp_path):
    (tmp_path / "a.xlsx" / "voll").mkdir(parents=True)
    with (
        pytest.raises(DateiFehler, match=r"nicht schreiben \(das ist ein Ordner\)|geöffnet"),
        write_ganz(tmp_path / "a.xlsx"),
    ):
        pass


@pytest.mark.parametrize(
    ("lies", "name", "bereich", "programm"),
    [
        (read_worttabellen, "tabelle.docx", "LESEN", "Word"), (read_spuren, "mappe.xlsx", "LESEN", "Excel"),
        (Wortpaket, "bericht.docx", "BERICHT", "Word"), (read_briefbogen, "briefbogen.dotx", "BRIEF", "Word"),
    ],
)  # fmt: skip
def test_a_file_that_is_missing_or_held_is_told_the_same_by_whoever_reads_it(
    lies, name, bereich, programm, tmp_path, monkeypatch
):
    with pytest.raises(DateiFehlt) as fehler:
        lies(tmp_path / name)
    assert str(fehler.value) == f"„{tmp_path / name}“ gibt es nicht. Name und Ordner prüfen."
    assert fehler.value.code == f"{bereich}-FEHLT"
    with pytest.raises(DateiFehlt, match="Auch der Ordner ist nicht da"):
        lies(tmp_path / "weg" / name)
    with pytest.raises(DateiFehlt, match="der Name ist nicht erlaubt"):
        lies(tmp_path / f"a\0{name}")

    def held(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(DateiGesperrt) as fehler:
        lies(tmp_path / name)
    assert str(fehler.value) == (
        f"„{name}“ wird gerade von einem anderen Programm benutzt, oder Sie dürfen sie nicht lesen. "
        f"Die Datei in {programm} schließen – auch bei Kollegen – und noch einmal versuchen."
    )
    assert fehler.value.code == f"{bereich}-GESPERRT"
