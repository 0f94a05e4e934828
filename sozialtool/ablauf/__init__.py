"""One function per intention of the planner; the only door for cli and tui.

Functions take a `Projekt` and plain values and return plain values. Heavy rooms are loaded when a function is used for
the first time, so that importing this package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozialtool.ablauf.abfragelage import Abfragelage as Abfragelage
    from sozialtool.ablauf.abfragelage import Abfragemerkmal as Abfragemerkmal
    from sozialtool.ablauf.abfragelage import list_abfragelagen as list_abfragelagen
    from sozialtool.ablauf.abfragelage import list_abfragemerkmale as list_abfragemerkmale
    from sozialtool.ablauf.abfragelage import list_fachbereiche as list_fachbereiche
    from sozialtool.ablauf.abfragelage import remove_abfrage as remove_abfrage
    from sozialtool.ablauf.abfragelage import remove_fachbereich as remove_fachbereich
    from sozialtool.ablauf.abfragelage import save_anschreiben as save_anschreiben
    from sozialtool.ablauf.abfragelage import save_fachbereich as save_fachbereich
    from sozialtool.ablauf.abfragen import AbfrageZeile as AbfrageZeile
    from sozialtool.ablauf.abfragen import anschreiben as anschreiben
    from sozialtool.ablauf.abfragen import carry_over as carry_over
    from sozialtool.ablauf.abfragen import create_abfragen as create_abfragen
    from sozialtool.ablauf.abfragen import edit_abfrage as edit_abfrage
    from sozialtool.ablauf.abfragen import erinnerung as erinnerung
    from sozialtool.ablauf.abfragen import list_abfragen as list_abfragen
    from sozialtool.ablauf.abfragen import mark_erinnert as mark_erinnert
    from sozialtool.ablauf.abfragen import mark_versandt as mark_versandt
    from sozialtool.ablauf.abfragen import propose_fachbereiche as propose_fachbereiche
    from sozialtool.ablauf.abfragen import write_abfragen as write_abfragen
    from sozialtool.ablauf.abfragen import write_vorlagen as write_vorlagen
    from sozialtool.ablauf.adressen import OffeneSchreibweise as OffeneSchreibweise
    from sozialtool.ablauf.adressen import accept_register as accept_register
    from sozialtool.ablauf.adressen import accept_strassen as accept_strassen
    from sozialtool.ablauf.adressen import check_strassen as check_strassen
    from sozialtool.ablauf.adressen import count_register as count_register
    from sozialtool.ablauf.adressen import decide_schreibweise as decide_schreibweise
    from sozialtool.ablauf.adressen import explain_adresse as explain_adresse
    from sozialtool.ablauf.adressen import find_gebiet as find_gebiet
    from sozialtool.ablauf.adressen import offene_schreibweisen as offene_schreibweisen
    from sozialtool.ablauf.adressen import read_strassen as read_strassen
    from sozialtool.ablauf.adressen import schreibweisen as schreibweisen
    from sozialtool.ablauf.adressen import strassen as strassen
    from sozialtool.ablauf.auswertungen import count_auffaellige as count_auffaellige
    from sozialtool.ablauf.auswertungen import describe_gesamtbild as describe_gesamtbild
    from sozialtool.ablauf.auswertungen import describe_verfahren as describe_verfahren
    from sozialtool.ablauf.auswertungen import evaluate_alle as evaluate_alle
    from sozialtool.ablauf.auswertungen import evaluate_indikator as evaluate_indikator
    from sozialtool.ablauf.bausteinausgabe import write_bausteine as write_bausteine
    from sozialtool.ablauf.bausteine import Bausteinaenderung as Bausteinaenderung
    from sozialtool.ablauf.bausteine import Bausteinbild as Bausteinbild
    from sozialtool.ablauf.bausteine import compare_bausteine as compare_bausteine
    from sozialtool.ablauf.bausteine import describe_bausteine as describe_bausteine
    from sozialtool.ablauf.bausteine import find_tag as find_tag
    from sozialtool.ablauf.bausteinpflege import find_bausteineintrag as find_bausteineintrag
    from sozialtool.ablauf.bausteinpflege import save_umsetzungsstand as save_umsetzungsstand
    from sozialtool.ablauf.bausteinpflege import set_fortschritt as set_fortschritt
    from sozialtool.ablauf.bausteinpflege import set_nachweise as set_nachweise
    from sozialtool.ablauf.bausteinpflege import set_schritt as set_schritt
    from sozialtool.ablauf.bausteinpflege import set_ueberholt as set_ueberholt
    from sozialtool.ablauf.bausteintabelle import import_bausteintabelle as import_bausteintabelle
    from sozialtool.ablauf.beispiel import Beispiel as Beispiel
    from sozialtool.ablauf.beispiel import make_beispiel as make_beispiel
    from sozialtool.ablauf.berichtfreigabe import find_berichtszeit as find_berichtszeit
    from sozialtool.ablauf.berichtfreigabe import release_sozialbericht as release_sozialbericht
    from sozialtool.ablauf.berichtpflege import Berichtspflege as Berichtspflege
    from sozialtool.ablauf.berichtpflege import refresh_sozialbericht as refresh_sozialbericht
    from sozialtool.ablauf.beschlussfolge import agree_beschluss as agree_beschluss
    from sozialtool.ablauf.beschlussfolge import list_vereinbares as list_vereinbares
    from sozialtool.ablauf.beteiligungsbild import Beteiligungszeile as Beteiligungszeile
    from sozialtool.ablauf.beteiligungsbild import describe_beteiligung as describe_beteiligung
    from sozialtool.ablauf.beteiligungsbild import list_raeume as list_raeume
    from sozialtool.ablauf.beteiligungstafeln import write_beteiligung as write_beteiligung
    from sozialtool.ablauf.briefwahl import has_briefbogen as has_briefbogen
    from sozialtool.ablauf.briefwahl import say_briefbogen as say_briefbogen
    from sozialtool.ablauf.daten import accept as accept
    from sozialtool.ablauf.daten import answer as answer
    from sozialtool.ablauf.daten import befunde_of as befunde_of
    from sozialtool.ablauf.daten import examine as examine
    from sozialtool.ablauf.daten import find_grenzen as find_grenzen
    from sozialtool.ablauf.daten import quellen as quellen
    from sozialtool.ablauf.daten import read_eingang as read_eingang
    from sozialtool.ablauf.daten import settle_befund as settle_befund
    from sozialtool.ablauf.datenuebersicht import Datenuebersicht as Datenuebersicht
    from sozialtool.ablauf.datenuebersicht import compute_datenuebersicht as compute_datenuebersicht
    from sozialtool.ablauf.datenuebersicht import save_datenbestand as save_datenbestand
    from sozialtool.ablauf.drucksachen import create_drucksache as create_drucksache
    from sozialtool.ablauf.drucksachen import describe_drucksache as describe_drucksache
    from sozialtool.ablauf.drucksachen import list_drucksachen as list_drucksachen
    from sozialtool.ablauf.drucksachen import renew_beratungsfolge as renew_beratungsfolge
    from sozialtool.ablauf.drucksachen import renumber_drucksache as renumber_drucksache
    from sozialtool.ablauf.drucksachenweg import issue_drucksache as issue_drucksache
    from sozialtool.ablauf.drucksachenweg import require_fertige_drucksache as require_fertige_drucksache
    from sozialtool.ablauf.eingabehinweise import check_eingabe as check_eingabe
    from sozialtool.ablauf.eingabehinweise import check_seit as check_seit
    from sozialtool.ablauf.eingabehinweise import check_unterschiede as check_unterschiede
    from sozialtool.ablauf.eingabehinweise import list_hinweise as list_hinweise
    from sozialtool.ablauf.eingabehinweise import mark_tafel as mark_tafel
    from sozialtool.ablauf.eingabehinweise import read_wegtexte as read_wegtexte
    from sozialtool.ablauf.einlesewerte import Frage as Frage
    from sozialtool.ablauf.einlesewerte import Leseart as Leseart
    from sozialtool.ablauf.einlesewerte import Pruefung as Pruefung
    from sozialtool.ablauf.einlesewerte import Rohmappe as Rohmappe
    from sozialtool.ablauf.einlesewerte import Tabellenfund as Tabellenfund
    from sozialtool.ablauf.einlesewerte import Zuordnung as Zuordnung
    from sozialtool.ablauf.eintraege import PFLEGBAR as PFLEGBAR
    from sozialtool.ablauf.eintraege import require_pflicht as require_pflicht
    from sozialtool.ablauf.fassungen import find_index as find_index
    from sozialtool.ablauf.fassungen import find_szenario as find_szenario
    from sozialtool.ablauf.fassungen import list_indizes as list_indizes
    from sozialtool.ablauf.fassungen import list_szenarien as list_szenarien
    from sozialtool.ablauf.fassungen import remove_definition as remove_definition
    from sozialtool.ablauf.fassungen import save_definition as save_definition
    from sozialtool.ablauf.fassungen import save_felder as save_felder
    from sozialtool.ablauf.foerderausgabe import write_foerdernachweis as write_foerdernachweis
    from sozialtool.ablauf.foerdernachweis import compute_foerdernachweis as compute_foerdernachweis
    from sozialtool.ablauf.folgen import Folgen as Folgen
    from sozialtool.ablauf.folgen import preview_change as preview_change
    from sozialtool.ablauf.folgen import preview_liste as preview_liste
    from sozialtool.ablauf.gebiete import raeume as raeume
    from sozialtool.ablauf.gebietsstaende import GebietsstandZeile as GebietsstandZeile
    from sozialtool.ablauf.gebietsstaende import Raumplan as Raumplan
    from sozialtool.ablauf.gebietsstaende import list_gebietsstaende as list_gebietsstaende
    from sozialtool.ablauf.gebietsstaende import raumplan as raumplan
    from sozialtool.ablauf.grenzschutz import check_grenzen as check_grenzen
    from sozialtool.ablauf.indexbild import Fassungswahl as Fassungswahl
    from sozialtool.ablauf.indexbild import Indexbild as Indexbild
    from sozialtool.ablauf.indexbild import compute_indexbild as compute_indexbild
    from sozialtool.ablauf.karte import Kachelkarte as Kachelkarte
    from sozialtool.ablauf.karte import arrange_kacheln as arrange_kacheln
    from sozialtool.ablauf.karte import move_kachel as move_kachel
    from sozialtool.ablauf.karte import read_kacheln as read_kacheln
    from sozialtool.ablauf.karte import read_umrisse as read_umrisse
    from sozialtool.ablauf.karte import save_umrisse as save_umrisse
    from sozialtool.ablauf.kennzahlen import describe_geheimhaltung as describe_geheimhaltung
    from sozialtool.ablauf.kennzahlen import monitoring as monitoring
    from sozialtool.ablauf.korrektur import Korrekturbild as Korrekturbild
    from sozialtool.ablauf.korrektur import find_korrekturen as find_korrekturen
    from sozialtool.ablauf.korrekturwort import issue_korrektur as issue_korrektur
    from sozialtool.ablauf.leckpruefung import check_arbeitsmappe as check_arbeitsmappe
    from sozialtool.ablauf.listenaustausch import export_befunde as export_befunde
    from sozialtool.ablauf.listenaustausch import export_liste as export_liste
    from sozialtool.ablauf.listenaustausch import import_liste as import_liste
    from sozialtool.ablauf.listenaustausch import list_neu_zu_vereinbarende as list_neu_zu_vereinbarende
    from sozialtool.ablauf.listenaustausch import save_liste as save_liste
    from sozialtool.ablauf.mittelverteilung import write_mittelverteilung as write_mittelverteilung
    from sozialtool.ablauf.planeintraege import find_eintrag as find_eintrag
    from sozialtool.ablauf.planeintraege import remove_eintrag as remove_eintrag
    from sozialtool.ablauf.planeintraege import save_eintrag as save_eintrag
    from sozialtool.ablauf.planstellen import Planstelle as Planstelle
    from sozialtool.ablauf.planstellen import list_planstellen as list_planstellen
    from sozialtool.ablauf.plantafeln import build_plantafel as build_plantafel
    from sozialtool.ablauf.planungsblaetter import say_planungsentwurf as say_planungsentwurf
    from sozialtool.ablauf.planungsblaetter import write_planung as write_planung
    from sozialtool.ablauf.projekte import back_up as back_up
    from sozialtool.ablauf.projekte import check_kommune as check_kommune
    from sozialtool.ablauf.projekte import create_projekt as create_projekt
    from sozialtool.ablauf.projekte import folder_name as folder_name
    from sozialtool.ablauf.projekte import letzte_projekte as letzte_projekte
    from sozialtool.ablauf.projekte import open_projekt as open_projekt
    from sozialtool.ablauf.projekte import redo as redo
    from sozialtool.ablauf.projekte import say_ruecknahme as say_ruecknahme
    from sozialtool.ablauf.projekte import set_berichtsjahr as set_berichtsjahr
    from sozialtool.ablauf.projekte import undo as undo
    from sozialtool.ablauf.projekte import verlauf as verlauf
    from sozialtool.ablauf.referenzen import Referenzvorschau as Referenzvorschau
    from sozialtool.ablauf.referenzen import list_referenzprofile as list_referenzprofile
    from sozialtool.ablauf.referenzen import preview_referenzen as preview_referenzen
    from sozialtool.ablauf.referenzen import save_referenzprofil as save_referenzprofil
    from sozialtool.ablauf.ruecklaeufe import Eingang as Eingang
    from sozialtool.ablauf.ruecklaeufe import Eingangsart as Eingangsart
    from sozialtool.ablauf.ruecklaeufe import accept_ruecklauf as accept_ruecklauf
    from sozialtool.ablauf.ruecklaeufe import refresh_eingaenge as refresh_eingaenge
    from sozialtool.ablauf.ruecklaeufe import rueckfragetext as rueckfragetext
    from sozialtool.ablauf.ruecklaeufe import scan_eingang as scan_eingang
    from sozialtool.ablauf.ruecklaufbild import Angabe as Angabe
    from sozialtool.ablauf.ruecklaufbild import Ruecklaufbild as Ruecklaufbild
    from sozialtool.ablauf.ruecklaufbild import accept_bild as accept_bild
    from sozialtool.ablauf.ruecklaufbild import open_ruecklauf as open_ruecklauf
    from sozialtool.ablauf.ruecklaufbild import question_bild as question_bild
    from sozialtool.ablauf.schwellen import list_schwellen as list_schwellen
    from sozialtool.ablauf.schwellen import preview_schwelle as preview_schwelle
    from sozialtool.ablauf.sitzungen import Sitzungsbild as Sitzungsbild
    from sozialtool.ablauf.sitzungen import create_sitzung as create_sitzung
    from sozialtool.ablauf.sitzungen import describe_sitzung as describe_sitzung
    from sozialtool.ablauf.sitzungen import find_sitzung as find_sitzung
    from sozialtool.ablauf.sitzungen import list_aufgaben as list_aufgaben
    from sozialtool.ablauf.sitzungen import list_gremien as list_gremien
    from sozialtool.ablauf.sitzungen import list_sitzungen as list_sitzungen
    from sozialtool.ablauf.sitzungen import mark_eingeladen as mark_eingeladen
    from sozialtool.ablauf.sitzungen import propose_gremien as propose_gremien
    from sozialtool.ablauf.sitzungen import propose_sitzung as propose_sitzung
    from sozialtool.ablauf.sitzungen import save_tagesordnung as save_tagesordnung
    from sozialtool.ablauf.sitzungen import settle_aufgabe as settle_aufgabe
    from sozialtool.ablauf.sitzungen import take_gremien as take_gremien
    from sozialtool.ablauf.sitzungswort import write_einladung as write_einladung
    from sozialtool.ablauf.sitzungswort import write_niederschrift as write_niederschrift
    from sozialtool.ablauf.sozialbericht import list_kapitel as list_kapitel
    from sozialtool.ablauf.sozialbericht import write_sozialbericht as write_sozialbericht
    from sozialtool.ablauf.sperrungen import explain_sperrung as explain_sperrung
    from sozialtool.ablauf.sperrungen import list_geheimbefunde as list_geheimbefunde
    from sozialtool.ablauf.sperrungen import list_gesperrte as list_gesperrte
    from sozialtool.ablauf.textplaetze import list_plaetze as list_plaetze
    from sozialtool.ablauf.textplaetze import preview_text as preview_text
    from sozialtool.ablauf.textplaetze import read_textfelder as read_textfelder
    from sozialtool.ablauf.traegervorlagen import import_traegervorlage as import_traegervorlage
    from sozialtool.ablauf.traegervorlagen import write_traegervorlagen as write_traegervorlagen
    from sozialtool.ablauf.uebergabe import write_uebergabe as write_uebergabe
    from sozialtool.ablauf.umlauf import Beratung as Beratung
    from sozialtool.ablauf.umlauf import Station as Station
    from sozialtool.ablauf.umlauf import Umlauf as Umlauf
    from sozialtool.ablauf.umlauf import check_grund as check_grund
    from sozialtool.ablauf.umlauf import describe_umlauf as describe_umlauf
    from sozialtool.ablauf.umlauf import find_ungesehen as find_ungesehen
    from sozialtool.ablauf.umlauf import list_seither as list_seither
    from sozialtool.ablauf.umlauf import say_ungesehen as say_ungesehen
    from sozialtool.ablauf.umrechnungsbild import Umrechnungsart as Umrechnungsart
    from sozialtool.ablauf.umrechnungsbild import Umrechnungsbild as Umrechnungsbild
    from sozialtool.ablauf.umrechnungsbild import Umrechnungszeile as Umrechnungszeile
    from sozialtool.ablauf.umrechnungsbild import describe_umrechnung as describe_umrechnung
    from sozialtool.ablauf.umsteigerdatei import Umsteigerdatei as Umsteigerdatei
    from sozialtool.ablauf.umsteigerdatei import build_umsteiger as build_umsteiger
    from sozialtool.ablauf.umsteigerdatei import export_umsteiger as export_umsteiger
    from sozialtool.ablauf.umsteigerdatei import export_variante as export_variante
    from sozialtool.ablauf.umsteigerdatei import import_variante as import_variante
    from sozialtool.ablauf.umsteigerdatei import read_umsteigerdatei as read_umsteigerdatei
    from sozialtool.ablauf.umsteigerdatei import save_umsteiger as save_umsteiger
    from sozialtool.ablauf.varianten import Streuung as Streuung
    from sozialtool.ablauf.varianten import Variantenbild as Variantenbild
    from sozialtool.ablauf.varianten import VariantenRaum as VariantenRaum
    from sozialtool.ablauf.varianten import Variantenvergleich as Variantenvergleich
    from sozialtool.ablauf.varianten import compare_varianten as compare_varianten
    from sozialtool.ablauf.variantenausgabe import write_variantenvergleich as write_variantenvergleich
    from sozialtool.ablauf.variantenpflege import agree_gebietsstand as agree_gebietsstand
    from sozialtool.ablauf.variantenpflege import agree_sozialraeume as agree_sozialraeume
    from sozialtool.ablauf.variantenpflege import are_raeume_vereinbart as are_raeume_vereinbart
    from sozialtool.ablauf.variantenpflege import make_variante as make_variante
    from sozialtool.ablauf.variantenpflege import move_gebiete as move_gebiete
    from sozialtool.ablauf.variantenpflege import remove_raum as remove_raum
    from sozialtool.ablauf.variantenpflege import remove_variante as remove_variante
    from sozialtool.ablauf.variantenpflege import save_raum as save_raum
    from sozialtool.ablauf.variantenplan import Planbild as Planbild
    from sozialtool.ablauf.variantenplan import PlanGebiet as PlanGebiet
    from sozialtool.ablauf.variantenplan import describe_plaene as describe_plaene
    from sozialtool.ablauf.variantenplan import describe_plan as describe_plan
    from sozialtool.ablauf.vereinbarungen import Beschluss as Beschluss
    from sozialtool.ablauf.vereinbarungen import agree_indikator as agree_indikator
    from sozialtool.ablauf.vereinbarungen import change_definition as change_definition
    from sozialtool.ablauf.vereinbarungen import definition_at as definition_at
    from sozialtool.ablauf.vereinbarungen import history_of as history_of
    from sozialtool.ablauf.vereinbarungen import indikatoren as indikatoren
    from sozialtool.ablauf.vereinbarungsausgabe import write_datenuebersicht as write_datenuebersicht
    from sozialtool.ablauf.vereinbarungsausgabe import write_vereinbarungen as write_vereinbarungen
    from sozialtool.ablauf.vereinbarungsliste import Vereinbarungszeile as Vereinbarungszeile
    from sozialtool.ablauf.vereinbarungsliste import decide as decide
    from sozialtool.ablauf.vereinbarungsliste import describe_schritte as describe_schritte
    from sozialtool.ablauf.vereinbarungsliste import find_vereinbarung as find_vereinbarung
    from sozialtool.ablauf.vereinbarungsliste import list_vereinbarungen as list_vereinbarungen
    from sozialtool.ablauf.vergleichszeilen import Vergleichszeile as Vergleichszeile
    from sozialtool.ablauf.vergleichszeilen import lay_out_vergleich as lay_out_vergleich
    from sozialtool.ablauf.veroeffentlichungen import check_fruehere as check_fruehere
    from sozialtool.ablauf.veroeffentlichungen import list_veroeffentlichungen as list_veroeffentlichungen
    from sozialtool.ablauf.veroeffentlichungen import withdraw_veroeffentlichung as withdraw_veroeffentlichung
    from sozialtool.ablauf.versorgungsbild import Versorgungsbild as Versorgungsbild
    from sozialtool.ablauf.versorgungsbild import compute_versorgungen as compute_versorgungen
    from sozialtool.ablauf.versorgungsbild import find_mass as find_mass
    from sozialtool.ablauf.verteilungsbild import Verteilungsbild as Verteilungsbild
    from sozialtool.ablauf.verteilungsbild import Verteilungsversuch as Verteilungsversuch
    from sozialtool.ablauf.verteilungsbild import Verteilungszeile as Verteilungszeile
    from sozialtool.ablauf.verteilungsbild import compute_verteilungen as compute_verteilungen
    from sozialtool.ablauf.verteilungsbild import try_verteilungen as try_verteilungen
    from sozialtool.ablauf.verweise import list_verweise as list_verweise
    from sozialtool.ablauf.vorlegen import ausgaben as ausgaben
    from sozialtool.ablauf.vorlegen import ausgeben as ausgeben
    from sozialtool.ablauf.vorlegen import barrierefrei_of as barrierefrei_of
    from sozialtool.ablauf.weg import uebersicht as uebersicht
    from sozialtool.ablauf.werte import Aenderung as Aenderung
    from sozialtool.ablauf.werte import Ausgabe as Ausgabe
    from sozialtool.ablauf.werte import BausteinZeile as BausteinZeile
    from sozialtool.ablauf.werte import EinleseErgebnis as EinleseErgebnis
    from sozialtool.ablauf.werte import IndikatorZeile as IndikatorZeile
    from sozialtool.ablauf.werte import Kennzahl as Kennzahl
    from sozialtool.ablauf.werte import Monitoring as Monitoring
    from sozialtool.ablauf.werte import NaechsterSchritt as NaechsterSchritt
    from sozialtool.ablauf.werte import Projekt as Projekt
    from sozialtool.ablauf.werte import RaumZeile as RaumZeile
    from sozialtool.ablauf.werte import Uebersicht as Uebersicht
    from sozialtool.ablauf.wortdatei import Schriftstueck as Schriftstueck
    from sozialtool.ablauf.zielbild import fill_startwerte as fill_startwerte
    from sozialtool.ablauf.zuordnen import ZuordnungZeile as ZuordnungZeile
    from sozialtool.ablauf.zuordnen import accept_befund as accept_befund
    from sozialtool.ablauf.zuordnen import merkmale as merkmale
    from sozialtool.ablauf.zuordnen import set_spalte as set_spalte
    from sozialtool.ablauf.zuordnen import zuordnung_zeilen as zuordnung_zeilen
    from sozialtool.erhebung.listen import Unterschiede as Unterschiede

_DOORS = {
    "abfragen": "AbfrageZeile list_abfragen anschreiben carry_over "
    "create_abfragen edit_abfrage erinnerung mark_erinnert mark_versandt "
    "propose_fachbereiche write_abfragen write_vorlagen",
    "abfragelage": "Abfragelage Abfragemerkmal list_abfragelagen list_abfragemerkmale list_fachbereiche remove_abfrage remove_fachbereich save_anschreiben "
    "save_fachbereich",
    "ruecklaufbild": "Angabe Ruecklaufbild accept_bild open_ruecklauf question_bild",
    "ruecklaeufe": "Eingang Eingangsart accept_ruecklauf refresh_eingaenge rueckfragetext scan_eingang",
    "adressen": "OffeneSchreibweise accept_register accept_strassen check_strassen count_register decide_schreibweise explain_adresse "
    "find_gebiet offene_schreibweisen read_strassen schreibweisen strassen",
    "auswertungen": "count_auffaellige describe_gesamtbild describe_verfahren evaluate_alle evaluate_indikator",
    "bausteinausgabe": "write_bausteine",
    "bausteine": "Bausteinaenderung Bausteinbild compare_bausteine describe_bausteine find_tag",
    "bausteinpflege": "find_bausteineintrag save_umsetzungsstand set_nachweise set_fortschritt set_schritt set_ueberholt",
    "bausteintabelle": "import_bausteintabelle",
    "beispiel": "Beispiel make_beispiel",
    "beschlussfolge": "agree_beschluss list_vereinbares",
    "beteiligungsbild": "Beteiligungszeile describe_beteiligung list_raeume",
    "beteiligungstafeln": "write_beteiligung",
    "briefwahl": "has_briefbogen say_briefbogen",
    "daten": "accept answer befunde_of examine find_grenzen quellen read_eingang settle_befund",
    "datenuebersicht": "Datenuebersicht compute_datenuebersicht save_datenbestand",
    "einlesewerte": "Frage Leseart Pruefung Rohmappe Tabellenfund Zuordnung",
    "fassungen": "find_index find_szenario list_indizes list_szenarien remove_definition save_definition save_felder",
    "indexbild": "Fassungswahl Indexbild compute_indexbild",
    "mittelverteilung": "write_mittelverteilung",
    "verteilungsbild": "Verteilungsbild Verteilungsversuch Verteilungszeile compute_verteilungen try_verteilungen",
    "folgen": "Folgen preview_change preview_liste",
    "gebiete": "raeume",
    "gebietsstaende": "GebietsstandZeile Raumplan list_gebietsstaende raumplan",
    "variantenpflege": "agree_gebietsstand agree_sozialraeume are_raeume_vereinbart make_variante move_gebiete remove_raum remove_variante save_raum",
    "grenzschutz": "check_grenzen",
    "karte": "Kachelkarte arrange_kacheln move_kachel read_kacheln read_umrisse save_umrisse",
    "kennzahlen": "describe_geheimhaltung monitoring",
    "leckpruefung": "check_arbeitsmappe",
    "drucksachen": "create_drucksache describe_drucksache list_drucksachen renew_beratungsfolge renumber_drucksache",
    "drucksachenweg": "require_fertige_drucksache issue_drucksache",
    "textplaetze": "list_plaetze preview_text read_textfelder",
    "korrektur": "Korrekturbild find_korrekturen",
    "korrekturwort": "issue_korrektur",
    "planeintraege": "find_eintrag remove_eintrag save_eintrag",
    "planstellen": "Planstelle list_planstellen",
    "versorgungsbild": "Versorgungsbild compute_versorgungen find_mass",
    "projekte": "back_up check_kommune create_projekt folder_name letzte_projekte open_projekt redo say_ruecknahme "
    "set_berichtsjahr undo verlauf",
    "referenzen": "Referenzvorschau list_referenzprofile preview_referenzen save_referenzprofil",
    "sperrungen": "explain_sperrung list_geheimbefunde list_gesperrte",
    "umrechnungsbild": "Umrechnungsart Umrechnungsbild Umrechnungszeile describe_umrechnung",
    "umsteigerdatei": "Umsteigerdatei build_umsteiger export_umsteiger export_variante import_variante "
    "read_umsteigerdatei save_umsteiger",
    "varianten": "Streuung Variantenbild VariantenRaum Variantenvergleich compare_varianten",
    "variantenausgabe": "write_variantenvergleich",
    "variantenplan": "PlanGebiet Planbild describe_plaene describe_plan",
    "vergleichszeilen": "Vergleichszeile lay_out_vergleich",
    "schwellen": "list_schwellen preview_schwelle",
    "vereinbarungsausgabe": "write_datenuebersicht write_vereinbarungen",
    "vereinbarungsliste": "Vereinbarungszeile decide describe_schritte find_vereinbarung list_vereinbarungen",
    "vereinbarungen": "Beschluss agree_indikator change_definition definition_at history_of indikatoren",
    "veroeffentlichungen": "check_fruehere list_veroeffentlichungen withdraw_veroeffentlichung",
    "verweise": "list_verweise",
    "listenaustausch": "export_befunde export_liste import_liste list_neu_zu_vereinbarende save_liste",
    "vorlegen": "ausgaben ausgeben barrierefrei_of",
    "eingabehinweise": "check_eingabe check_seit check_unterschiede list_hinweise mark_tafel read_wegtexte",
    "eintraege": "PFLEGBAR require_pflicht",
    "sitzungen": "Sitzungsbild create_sitzung describe_sitzung find_sitzung list_aufgaben list_gremien "
    "list_sitzungen mark_eingeladen propose_gremien propose_sitzung save_tagesordnung settle_aufgabe take_gremien",
    "sozialbericht": "list_kapitel write_sozialbericht",
    "berichtfreigabe": "find_berichtszeit release_sozialbericht",
    "berichtpflege": "Berichtspflege refresh_sozialbericht",
    "sitzungswort": "write_einladung write_niederschrift",
    "uebergabe": "write_uebergabe",
    "umlauf": "Beratung Station Umlauf check_grund describe_umlauf find_ungesehen list_seither say_ungesehen",
    "weg": "uebersicht",
    "wortdatei": "Schriftstueck",
    "werte": "Aenderung Ausgabe BausteinZeile EinleseErgebnis IndikatorZeile Kennzahl Monitoring NaechsterSchritt Projekt "
    "RaumZeile Uebersicht",
    "foerderausgabe": "write_foerdernachweis",
    "foerdernachweis": "compute_foerdernachweis",
    "plantafeln": "build_plantafel",
    "planungsblaetter": "say_planungsentwurf write_planung",
    "traegervorlagen": "import_traegervorlage write_traegervorlagen",
    "zielbild": "fill_startwerte",
    "zuordnen": "ZuordnungZeile accept_befund merkmale set_spalte zuordnung_zeilen",
}
_MODULE_OF = {name: modul for modul, namen in _DOORS.items() for name in namen.split()}


def __getattr__(name: str) -> Any:
    """Load the module behind a public name when it is first asked for."""
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
