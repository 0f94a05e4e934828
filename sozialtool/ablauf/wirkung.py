"""What can change the workbook of the Monitoring, and what cannot: decided for every stored class."""

from __future__ import annotations

import datetime as dt

from sozialtool.fach.abfrage import Abfrage, Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator
from sozialtool.fach.karte import Umriss
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Importprofil, Quelle, Quellenbefund
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.sozialindex import Indexfassung, Sozialindex
from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel, Veroeffentlichung
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt import Projekt
from sozialtool.projekt.tabellen import Einstellung

MIT_WIRKUNG: frozenset[type] = frozenset((
    # figures, what they are counted by, and what protects them
    Messwert, Merkmal, Indikator, Handlungsfeld, Bruch, Referenzwert, Sozialindex, Geheimhaltungsregel, BekannteZahl,
    # the town and its areas; streets because voices that name one are held back
    Kommune, Ebene, Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger, Umriss, Strassenabschnitt,
    # sources, with the remarks of the departments, and the number of the paper that the workbook goes with
    Quelle, Quellenbefund, Drucksache, Anlage,
    # the sheets of the planning
    Baustein, Inhalt, Umsetzungsstand, Beteiligung, Einrichtung, Versorgungsmass, Schwelle, Stimme, Bedarf,
    Befragung, Befragungsfrage, Befragungszahl, Entwicklungsziel, Massnahme, Massnahmenkosten, Massnahmenleistung,
))  # fmt: skip
"""What the workbook shows or is computed from (`vorlegen.ausgeben` reads them)."""
OHNE_WIRKUNG: frozenset[type] = frozenset((
    # whom figures are asked of; an answer that is taken over brings Messwerte
    Abfrage, Fachbereich, Datenbestand, Importprofil, Referenzprofil, Strassenschreibweise,
    # that it went out itself
    Veroeffentlichung, Indexfassung,
    # the settings that are kept note which deliveries agree with what is out (`abgleich`) and which goals found no figure to start from
    # (`startfolge`); another one is decided here anew
    Einstellung,
    # steps of agreements and of progress: what they are about changes with them where it changes
    Vereinbarung, Fortschrittsschritt,
    # who confers on it, and what is written about it in other documents
    Gremium, Sitzung, Thema, Tagesordnungspunkt, Beschluss, Aufgabe, Beratungsschritt, Textbaustein,
    Leitziel, Foerderaufruf, Verteilungsszenario,
))  # fmt: skip
"""What no cell of the workbook rests on."""


def is_veraltet(projekt: Projekt, geschrieben_am: dt.datetime, *, ohne: frozenset[type] = frozenset()) -> bool:
    """Whether something has changed since then that a Monitoring of today could show otherwise; changes of `ohne` do not count."""
    return bool(projekt.changed_since(geschrieben_am) - OHNE_WIRKUNG - ohne)
