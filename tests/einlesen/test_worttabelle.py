"""Tables of foreign Word documents: what is small on the disk and huge in memory is refused before it is huge; what is held names Word."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sozialtool.einlesen import worttabelle
from sozialtool.einlesen.worttabelle import Wortabsatz, read_worttabellen
from sozialtool.fehler import DateiGesperrt, DateiUnlesbar

TABELLE = "<w:document><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Rat</w:t></w:r></w:p></w:tc></w:tr></w:tbl>{}</w:document>"


def pack(pfad, **teile):
    with zipfile.ZipFile(pfad, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr({"text": "word/document.xml", "verweise": "_rels/.rels"}[name], inhalt)
    return pfad


@pytest.mark.parametrize(
    "teile",
    [
        {"text": TABELLE.format("<a/>" * 5_000)},
        {"text": TABELLE.format(" " * 60_000)},
        {"text": TABELLE.format(""), "verweise": " " * 60_000},
    ],
    ids=["Elemente", "Text", "Verweise"],
)
def test_what_would_unpack_to_far_too_much_is_refused(tmp_path, monkeypatch, teile):
    klein = pack(tmp_path / "klein.docx", text=TABELLE.format(""))
    monkeypatch.setattr(worttabelle, "_MEISTE", 1_000)
    monkeypatch.setattr(worttabelle, "_GROESSTE", 50_000)
    assert read_worttabellen(klein) == ((((Wortabsatz("Rat", liste=False),),),),)
    with pytest.raises(DateiUnlesbar, match=r"enthält zu viel. In Word nur die Tabelle") as fehler:
        read_worttabellen(pack(tmp_path / "gross.docx", **teile))
    assert fehler.value.code == "WORT-ZU-GROSS"


def test_a_document_that_word_holds_names_word(tmp_path, monkeypatch):
    pfad = pack(tmp_path / "papier.docx", text=TABELLE.format(""))

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(DateiGesperrt, match="Die Datei in Word schließen"):
        read_worttabellen(pfad)
