"""Why the system refused is said in German: its own words are English outside Windows."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sozialtool.ausgabe.datei import write_ganz
from sozialtool.einlesen.dateizugang import explain_os_error
from sozialtool.fehler import DateiFehler, grund_of
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
