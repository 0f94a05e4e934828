"""Findings of a list of people: they name rows and numbers, never what stands in a cell."""

from __future__ import annotations

from sozialtool.einlesen.strassen.suche import MEHRDEUTIG, NUMMER_FEHLT, NUMMER_FREMD, STRASSE_FREMD

WENIGE = 5
"""How many rows a finding names."""
FAELLE = {
    "REGISTER-NEBENWOHNUNG": (
        "HINWEIS", "hier eine Nebenwohnung haben und nicht gezählt sind", "hier eine Nebenwohnung hat und nicht gezählt ist"
    ),
    "REGISTER-GEBURT": (
        "FRAGE", "kein lesbares Geburtsdatum haben und nirgends gezählt sind",
        "kein lesbares Geburtsdatum hat und nirgends gezählt ist",
    ),
    "REGISTER-UNGEBOREN": (
        "HINWEIS", "nach dem Stichtag geboren und nicht gezählt sind", "nach dem Stichtag geboren und nicht gezählt ist"
    ),
    "REGISTER-SEHR-ALT": ("HINWEIS", "über 110 Jahre alt wären", "über 110 Jahre alt wäre"),
    "REGISTER-GEBURT-UNVOLLSTAENDIG": (
        "HINWEIS", "nur mit Jahr oder Monat der Geburt geführt sind; gezählt ab dem Ersten",
        "nur mit Jahr oder Monat der Geburt geführt ist; gezählt ab dem Ersten",
    ),
    "REGISTER-GESCHLECHT": (
        "FRAGE", "eine unbekannte Angabe zum Geschlecht haben; gezählt wie „ohne Angabe“",
        "eine unbekannte Angabe zum Geschlecht hat; gezählt wie „ohne Angabe“",
    ),
    "REGISTER-NATION": (
        "FRAGE", "eine leere oder unbekannte Angabe zur Staatsangehörigkeit haben; gezählt als Ausländer außerhalb der EU",
        "eine leere oder unbekannte Angabe zur Staatsangehörigkeit hat; gezählt als Ausländer außerhalb der EU",
    ),
}  # fmt: skip
"""code → (Schwere, what is said of several people, of one)"""
GRUENDE = {
    STRASSE_FREMD: ("REGISTER-STRASSE", "stehen in einer Straße, die das Straßenverzeichnis nicht kennt",
                    "steht in einer Straße, die das Straßenverzeichnis nicht kennt",
                    "Die Schreibweisen ansehen und zuordnen."),
    NUMMER_FEHLT: ("REGISTER-OHNE-NUMMER", "haben keine lesbare Hausnummer, und die Straße liegt in mehreren Gebieten",
                   "hat keine lesbare Hausnummer, und die Straße liegt in mehreren Gebieten",
                   "Die Hausnummern in der Quelle ergänzen."),
    NUMMER_FREMD: ("REGISTER-NUMMER", "haben eine Hausnummer, für die das Straßenverzeichnis kein Gebiet nennt",
                   "hat eine Hausnummer, für die das Straßenverzeichnis kein Gebiet nennt",
                   "Die Lücken im Straßenverzeichnis schließen."),
    MEHRDEUTIG: ("REGISTER-MEHRDEUTIG", "haben eine Adresse, für die das Straßenverzeichnis mehrere Gebiete nennt",
                 "hat eine Adresse, für die das Straßenverzeichnis mehrere Gebiete nennt",
                 "Die Überschneidungen im Straßenverzeichnis auflösen."),
}  # fmt: skip
"""What came of looking up an address → (code, what is said of several people, of one, what to do)"""
