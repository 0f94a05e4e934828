"""Texts of several paragraphs: stored, written, pasted."""

from __future__ import annotations

import pytest

from sozialtool.tui.teile.absatztext import clean_eingefuegt, describe_kurz, from_schreibtext, to_schreibtext

GESPEICHERT = "Erster Absatz.\nZweiter:\n- ein Punkt\n- noch einer\nSchluss."
GESCHRIEBEN = "Erster Absatz.\n\nZweiter:\n\n- ein Punkt\n- noch einer\n\nSchluss."


def test_what_is_stored_comes_back_the_same() -> None:
    assert to_schreibtext(GESPEICHERT) == GESCHRIEBEN
    assert from_schreibtext(GESCHRIEBEN) == GESPEICHERT
    assert from_schreibtext("\n  Eins \n \n\n\nzwei\n") == "Eins\nzwei"
    assert (to_schreibtext(""), from_schreibtext(" \n ")) == ("", "")
    assert (describe_kurz(GESPEICHERT), describe_kurz("Wort"), describe_kurz(" ")) == (
        "5 Absätze, 8 Wörter", "1 Absatz, 1 Wort", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("roh", "sauber"),
    [
        ("Ein\vUmbruch\tund\u00a0ein\u202fTab", "Ein Umbruch und ein Tab"),
        ("Eins.\r\n\r\nZwei.\r\nDrei.\fVier.\rFünf.", "Eins.\nZwei.\nDrei.\nVier.\nFünf."),
        ("•\tKita\r\no\tHort\r\n\uf0b7\tSchule\r\n–\u00a0Weg\r\n- Rad", "- Kita\n- Hort\n- Schule\n- Weg\n- Rad"),
        ("1.\tKita\n2.\tHort", "1. Kita\n2. Hort"),
        ("Ko\u00adopera\u200btion\ufeff u\u0308ber\x1b \u2011 „so“ und “so” und ‚so‘", "Kooperation über - „so“ und „so“ und ‚so‘"),
        ("2024–2026\n–5 % weniger", "2024–2026\n–5 % weniger"),
        ("{A07 Rheinfeld Nord: Vergleich} [/x]", "{A07 Rheinfeld Nord: Vergleich} [/x]"),
        ("\x00\u200b\r\n \t ", ""),
    ],
)  # fmt: skip
def test_pasted_text_becomes_plain_paragraphs(roh: str, sauber: str) -> None:
    assert clean_eingefuegt(roh).text == sauber


def test_lines_broken_by_a_mail_are_joined_and_counted() -> None:
    roh = (
        "Die Kinder- und Jugendhilfe hat im vergangenen Jahr in allen sechs Sozial-\n"
        "räumen Gespräche geführt. Dabei zeigte sich, dass die Wege zwischen Kinder-\n"
        "und Jugendzentrum und Schule weit sind. Das gilt besonders in Rheinfeld-\n"
        "Nord.\n\nKurzer Satz.\n- ein Punkt"
    )
    neu = clean_eingefuegt(roh)
    assert neu.text == (
        "Die Kinder- und Jugendhilfe hat im vergangenen Jahr in allen sechs Sozialräumen Gespräche geführt. Dabei zeigte sich, dass die "
        "Wege zwischen Kinder- und Jugendzentrum und Schule weit sind. Das gilt besonders in Rheinfeld-Nord.\nKurzer Satz.\n- ein Punkt"
    )
    assert (neu.absaetze, neu.zusammengezogen) == (3, 3)


def test_paragraphs_and_heads_of_word_stay_apart() -> None:
    """Long paragraphs, a head without a full stop, short lines: nothing of it was broken for its width."""
    word = ["Ausgangslage", "Der Bericht zeigt vieles. " * 8, "Kinder und Familien", "Jugend", "Alter"]
    assert clean_eingefuegt("\r\n".join(word)).text.split("\n") == [zeile.strip() for zeile in word]
