"""Everything that hangs on the population: households, work, benefits, day care, school, health, help, elections.

Rates follow the social position of the area; years follow what happened: 2020 pandemic, 2022 refugees from Ukraine,
2023 Bürgergeld and Wohngeld-Plus (the visible break).
"""

from __future__ import annotations

import functools

from lindenrath.bevoelkerung import build_bevoelkerung, lage, noise, teil
from lindenrath.raum import ALLE, MIT_REST, NZ, STIMMBEZIRKE, Sozialraum

_SGB2 = {2019: 1.00, 2020: 1.03, 2021: 1.00, 2022: 1.07, 2023: 1.20, 2024: 1.19, 2025: 1.16}
_ARBEITSLOS = {2019: 1.00, 2020: 1.18, 2021: 1.08, 2022: 1.04, 2023: 1.09, 2024: 1.13, 2025: 1.15}
_WOHNGELD = {2019: 1.00, 2020: 1.04, 2021: 1.02, 2022: 1.05, 2023: 2.00, 2024: 2.12, 2025: 2.18}
_ASYL = {2019: 1.0, 2020: 0.9, 2021: 0.95, 2022: 1.3, 2023: 1.35, 2024: 1.15, 2025: 1.0}
_UNTERKUNFT = {"02": 0.021, "08": 0.012}


@functools.cache
def werte_of(gebiet: str, jahr: int) -> dict[str, float]:
    """All Merkmale of one Sozialraum (or the rest) and year, except those by Stimmbezirk and of the whole town only."""
    raum = next(r for r in ALLE if r.schluessel == gebiet)
    werte = build_bevoelkerung(gebiet, jahr)
    for rechnung in (_herkunft, _haushalte, _bewegung, _arbeit, _grundsicherung, _sozialamt, _kita, _schule, _hilfen):
        werte.update(rechnung(raum, jahr, werte))
    return werte


def stadtwert(merkmal: str, jahr: int) -> float:
    """Sum over all Sozialräume and the rest."""
    return sum(werte_of(gebiet, jahr)[merkmal] for gebiet in MIT_REST)


def _herkunft(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, m = raum.schluessel, raum.migration * (1 + 0.022 * (jahr - 2025)) + (0.006 if jahr >= 2022 else 0)
    mh = teil(w["ew"], m, "mh", g, jahr)
    auslaender = teil(mh, 0.46 + 0.1 * lage(raum, jahr), "auslaender", g, jahr)
    return {
        "mh": mh,
        "auslaender": auslaender,
        "deutsche": w["ew"] - auslaender,
        "auslaender_nicht_eu": teil(auslaender, 0.58 + 0.1 * lage(raum, jahr), "nicht_eu", g, jahr),
        "mh_unter_18": min(mh, teil(w["ew_unter_18"], min(0.92, m * 1.45), "mh18", g, jahr)),
        "wohndauer_ab_5": teil(w["ew_ab_5"], 0.80 - 0.24 * lage(raum, jahr) - 0.1 * (raum.jung - 1), "dauer", g, jahr),
    }


def _haushalte(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    kinder = round(w["ew_unter_18"] / (1.58 + 0.14 * d + 0.02 * noise("hhk", g)))
    allein65 = teil(w["ew_ab_65"], 0.29 + 0.08 * d, "allein65", g, jahr)
    allein75 = min(allein65, teil(w["ew_ab_75"], 0.37 + 0.07 * d, "allein75", g, jahr))
    einzeln = allein65 + teil(w["ew_18_65"], 0.12 + 0.16 * d * raum.jung, "einzeln", g, jahr)
    paare = round((w["ew"] - einzeln - kinder * 3.35) / 2.05)
    allein = teil(kinder, 0.13 + 0.17 * d, "ae", g, jahr)
    return {
        "hh": einzeln + kinder + max(paare, 0),
        "hh_kinder": kinder,
        "hh_1p": einzeln,
        "hh_alleinerziehend": allein,
        "hh_3kinder": teil(kinder - allein, 0.09 + 0.11 * d, "hh3", g, jahr),
        "kinder_alleinerziehend": min(w["ew_unter_18"], round(allein * (1.38 + 0.05 * noise("kae", g)))),
        "alleinlebend_ab_65": allein65,
        "alleinlebend_ab_75": allein75,
    }


def _bewegung(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    umschlag = 0.055 + 0.085 * d * raum.jung
    zu = teil(w["ew"], umschlag + raum.wachstum / 2 + (0.012 if jahr == 2022 else 0.0), "zu", g, jahr)
    # Many of those who fled to the town in 2022 went on or back within the year: the register grows no faster.
    fort = teil(w["ew"], umschlag - raum.wachstum / 2 + (0.011 if jahr == 2022 else 0.0), "fort", g, jahr)
    return {
        "geburten": teil(w["frauen_15_45"], 0.046 + 0.006 * d, "geburten", g, jahr),
        "zuzuege": zu,
        "fortzuege": fort,
        "zuzuege_unter_6": teil(zu, 0.045 + (0.035 if g == "07" else 0.0), "zu6", g, jahr),
        "fortzuege_unter_6": teil(fort, 0.05 + 0.01 * d, "fort6", g, jahr),
    }


def _arbeit(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d, f = raum.schluessel, lage(raum, jahr), _ARBEITSLOS[jahr]
    alle = teil(w["ew_15_65"], (0.013 + 0.072 * d) * f, "al", g, jahr)
    jung = min(alle, teil(w["ew_15_25"], (0.010 + 0.056 * d) * f, "al25", g, jahr))
    maenner = teil(alle, 0.55, "alm", g, jahr)
    sgb2 = teil(alle, 0.36 + 0.36 * d, "al2", g, jahr)
    svb = teil(
        w["ew_15_65"], 0.665 - 0.12 * d + 0.004 * (jahr - 2019) - (0.008 if jahr == 2020 else 0.0), "svb", g, jahr
    )
    svb_m = teil(svb, 0.53, "svbm", g, jahr)
    mini = teil(w["ew_15_65"], 0.115 + 0.02 * d - (0.012 if jahr in (2020, 2021) else 0.0), "mini", g, jahr)
    return {
        "arbeitslose": alle,
        "arbeitslose_maennlich": maenner,
        "arbeitslose_weiblich": alle - maenner,
        "arbeitslose_sgb2": sgb2,
        "arbeitslose_sgb3": alle - sgb2,
        "arbeitslose_15_25": jung,
        "arbeitslose_ab_55": teil(alle - jung, 0.24, "al55", g, jahr),
        "arbeitslose_lang": teil(alle, 0.26 + 0.16 * d + (0.05 if jahr in (2021, 2022) else 0.0), "allang", g, jahr),
        "svb": svb,
        "svb_maennlich": svb_m,
        "svb_weiblich": svb - svb_m,
        "minijob": mini,
        "minijob_nebenjob": teil(mini, 0.42 - 0.08 * d, "neben", g, jahr),
    }


def _grundsicherung(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d, f = raum.schluessel, lage(raum, jahr), _SGB2[jahr]
    kinder15 = teil(w["ew_unter_15"], (0.001 + 0.282 * d**1.35) * f, "sgb15", g, jahr)
    kinder18 = teil(w["ew_15_18"], (0.003 + 0.225 * d**1.35) * f, "sgb1518", g, jahr)
    faehig = kinder18 + teil(w["ew_18_65"], (0.008 + 0.135 * d**1.35) * f, "elb", g, jahr)
    bg_kinder = min(w["hh_kinder"], round((kinder15 + kinder18) / 1.85))
    return {
        "sgb2": min(w["ew_unter_65"], kinder15 + faehig + teil(faehig, 0.012, "nef", g, jahr)),
        "sgb2_unter_18": kinder15 + kinder18,
        "sgb2_unter_15": kinder15,
        "sgb2_elb": faehig,
        "sgb2_lzb": teil(faehig, 0.58 + 0.10 * d, "lzb", g, jahr),
        "bg": bg_kinder + round((faehig - kinder18) * 0.52),
        "bg_kinder": bg_kinder,
        "bg_alleinerziehend": min(w["hh_alleinerziehend"], teil(bg_kinder, 0.46, "bgae", g, jahr)),
    }


def _sozialamt(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    steigt = 1 + 0.03 * (jahr - 2019)
    berechtigt = min(w["ew_unter_21"], round(w["sgb2_unter_18"] * 1.18 + w["ew_unter_18"] * (0.02 + 0.05 * d)))
    wohngeld = teil(w["hh"], (0.0035 + 0.031 * d) * _WOHNGELD[jahr], "wohngeld", g, jahr)
    return {
        "grusi_alter": teil(w["ew_ab_regelalter"], (0.008 + 0.072 * d) * steigt, "grusia", g, jahr),
        "grusi_em": teil(w["ew_18_65"], 0.0003 + 0.020 * d, "grusie", g, jahr),
        "asylblg": teil(w["ew"], (_UNTERKUNFT.get(g, 0.0) + 0.0006 + 0.002 * d) * _ASYL[jahr], "asyl", g, jahr),
        "but_berechtigte": berechtigt,
        "but_mit_leistung": teil(
            berechtigt, 0.50 + 0.02 * (jahr - 2019) - (0.09 if jahr in (2020, 2021) else 0), "but", g, jahr
        ),
        "beratungskontakte": round(w["ew"] * (0.04 + 0.34 * d) * (1 + 0.04 * noise("beratung", g, jahr))),
        "wohngeld_hh": wohngeld,
        "wohngeld_hh_ab_65": teil(
            wohngeld, 0.34 + 0.10 * (raum.alt - 1) - (0.04 if jahr >= 2023 else 0.0), "wg65", g, jahr
        ),
    }


def _kita(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    u3 = teil(w["ew_unter_3"], 0.37 - 0.17 * d + 0.012 * (jahr - 2019), "u3", g, jahr)
    tagespflege = teil(u3, 0.16 - 0.06 * d, "ktp", g, jahr)
    ue3 = teil(w["ew_3_6"], 0.975 - 0.10 * d, "ue3", g, jahr)
    kinder = u3 - tagespflege + ue3
    plaetze = {"10": 45, "12": 0, NZ: 0}.get(g, round(w["ew_unter_3"] * 0.35 + w["ew_3_6"] * 1.04) // 5 * 5)
    return {
        "betreut_unter_3": u3,
        "betreut_unter_3_ktp": tagespflege,
        "betreut_3_6": ue3,
        "kitaplaetze": plaetze,
        "kita_kinder": kinder,
        "kita_andere_sprache": teil(kinder, raum.migration * 0.62, "sprache", g, jahr),
        "seu_jahrgang": teil(w["ew_6_10"], 0.25, "seu", g, jahr),
    }


def _schule(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    kinder = teil(w["ew_6_10"], 0.97, "gs", g, jahr)
    vier = teil(kinder, 0.245, "vier", g, jahr)
    return {
        "grundschueler": kinder,
        "ogs_kinder": teil(kinder, 0.46 + 0.025 * (jahr - 2019) - 0.05 * d, "ogs", g, jahr),
        "uebergaenge_4": vier,
        "uebergang_gymnasium": teil(vier, 0.60 - 0.40 * d, "gym", g, jahr),
    }


def _hilfen(raum: Sozialraum, jahr: int, w: dict[str, int]) -> dict[str, int]:
    g, d = raum.schluessel, lage(raum, jahr)
    stationaer = teil(w["ew_unter_21"], 0.003 + 0.013 * d, "stat", g, jahr)
    ambulant = teil(w["ew_unter_21"], 0.006 + 0.026 * d + 0.0006 * (jahr - 2019), "amb", g, jahr)
    return {
        "hze": stationaer + ambulant,
        "hze_stationaer": stationaer,
        "hze_ambulant": ambulant,
        "verfahren_8a": teil(w["ew_unter_18"], 0.002 + 0.012 * d + 0.0005 * (jahr - 2019), "8a", g, jahr),
        "inobhutnahmen": teil(w["ew_unter_18"], 0.0003 + 0.0035 * d, "ion", g, jahr),
        "jugendgerichtshilfe": teil(w["ew_14_21"], 0.008 + 0.038 * d, "jgh", g, jahr),
    }


@functools.cache
def schuleingang(gebiet: str, bis: int) -> dict[str, int]:
    """Three years of school entry examinations, ending with `bis`."""
    raum = next(r for r in ALLE if r.schluessel == gebiet)
    d, g = lage(raum, bis), raum.schluessel
    n = sum(werte_of(gebiet, jahr)["seu_jahrgang"] for jahr in range(bis - 2, bis + 1))
    uebergewicht = teil(n, 0.075 + 0.085 * d, "ueber", g, bis)
    hefte = teil(n, 0.93 - 0.06 * d, "hefte", g, bis)
    impfung = teil(n, 0.955 - 0.04 * d, "impf", g, bis)
    return {
        "seu_untersucht": n,
        "seu_sprache": teil(n, 0.11 + 0.24 * d, "sopess", g, bis),
        "seu_adipositas": teil(uebergewicht, 0.40, "adi", g, bis),
        "seu_uebergewicht": uebergewicht,
        "seu_visuomotorik": teil(n, 0.08 + 0.12 * d, "vis", g, bis),
        "seu_koordination": teil(n, 0.06 + 0.10 * d, "koo", g, bis),
        "seu_hefte": hefte,
        "seu_u8u9": teil(hefte, 0.975 - 0.09 * d, "u89", g, bis),
        "seu_impfausweise": impfung,
        "seu_masern": teil(impfung, 0.972 - 0.03 * d, "masern", g, bis),
    }


def wahl(bezirk: str, jahr: int) -> dict[str, int]:
    """Electorate and voters of a Stimmbezirk in the municipal election of that year (from 16, EU citizens included)."""
    anteile = next(b.anteile for b in STIMMBEZIRKE if b.schluessel == bezirk)
    berechtigte = erwartet = 0.0
    for gebiet, anteil in anteile.items():
        raum, w = next(r for r in ALLE if r.schluessel == gebiet), werte_of(gebiet, jahr)
        stimmen = anteil * (w["ew_ab_18"] + w["ew_15_18"] * 2 / 3 - 0.85 * w["auslaender_nicht_eu"])
        berechtigte += stimmen
        erwartet += stimmen * (0.69 - 0.30 * lage(raum, jahr) + (0.035 if jahr == 2025 else 0.0))
    ganz = round(berechtigte)
    return {"wahlberechtigte": ganz, "waehler": teil(ganz, erwartet / berechtigte, "wahl", bezirk, jahr)}
