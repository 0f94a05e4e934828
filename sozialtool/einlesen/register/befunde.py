"""Findings of a list of people: they name rows and numbers, never what stands in a cell."""

from __future__ import annotations

from sozialtool.einlesen.strassen.suche import MEHRDEUTIG, NUMMER_FEHLT, NUMMER_FREMD, STRASSE_FREMD

WENIGE = 5
"""How many rows a finding names."""
FAELLE = {
    "REGISTER-NEBENWOHNUNG": ("HINWEIS", "hier eine Nebenwohnung haben und nicht gezählt sind"),
    "REGISTER-GEBURT": ("FRAGE", "kein lesbares Geburtsdatum haben und nirgends gezählt sind"),
    "REGISTER-UNGEBOREN": ("HINWEIS", "nach dem Stichtag geboren und nicht gezählt sind"),
    "REGISTER-SEHR-ALT": ("HINWEIS", "über 110 Jahre alt wären"),
    "REGISTER-GEBURT-UNVOLLSTAENDIG": (
        "HINWEIS",
        "nur mit Jahr oder Monat der Geburt geführt sind; gezählt ab dem Ersten",
    ),
    "REGISTER-GESCHLECHT": ("FRAGE", "eine unbekannte Angabe zum Geschlecht haben; gezählt wie „ohne Angabe“"),
    "REGISTER-NATION": (
        "FRAGE",
        "eine leere oder unbekannte Angabe zur Staatsangehörigkeit haben; gezählt als Ausländer außerhalb der EU",
    ),
}
"""code → (Schwere, what is said of the people)"""
GRUENDE = {
    STRASSE_FREMD: ("REGISTER-STRASSE", "stehen in einer Straße, die das Straßenverzeichnis nicht kennt",
                    "Die Schreibweisen ansehen und zuordnen."),
    NUMMER_FEHLT: ("REGISTER-OHNE-NUMMER", "haben keine lesbare Hausnummer, und die Straße liegt in mehreren Gebieten",
                   "Die Hausnummern in der Quelle ergänzen."),
    NUMMER_FREMD: ("REGISTER-NUMMER", "haben eine Hausnummer, für die das Straßenverzeichnis kein Gebiet nennt",
                   "Die Lücken im Straßenverzeichnis schließen."),
    MEHRDEUTIG: ("REGISTER-MEHRDEUTIG", "haben eine Adresse, für die das Straßenverzeichnis mehrere Gebiete nennt",
                 "Die Überschneidungen im Straßenverzeichnis auflösen."),
}  # fmt: skip
"""What came of looking up an address → (code, what is said of the people, what to do)"""
