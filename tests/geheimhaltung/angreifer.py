"""An attacker without a solver: reads the released frames, knows the definitions, and calculates until nothing new comes.

Bounds are passed along every relation (sum over areas, part and remainder, group, rate × denominator, changes); what
ends up with one possible value is disclosed.
"""

from __future__ import annotations

import math

from stadt import STADT_KEY


class Tabellenangreifer:
    def __init__(self, tabelle, gebiete, merkmale, bezuege):
        self.grenzen: dict[tuple[str, str, int], list[float]] = {}
        self.summen: list[tuple[tuple, list[tuple]]] = []
        self._lies_messwerte(tabelle.messwerte)
        self._lies_kennzahlen(tabelle.kennzahlen, {b.indikator: b for b in bezuege})
        self._baue(gebiete, {m.schluessel: m for m in merkmale})

    def _lies_messwerte(self, messwerte):
        for g, m, s, w in messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows():
            self.grenzen[g, m, s.year] = [0.0, math.inf] if w is None else [w, w]

    def _setze(self, ort, wert):
        self.grenzen[ort] = [wert, wert]

    def _lies_kennzahlen(self, kennzahlen, bezuege):
        zeilen = {(z["indikator"], z["jahr"], z["gebiet"]): z for z in kennzahlen.to_dicts()}
        raten = {key: z["wert"] for key, z in zeilen.items() if z["wert"] is not None}
        for (k, jahr, g), z in zeilen.items():
            if z["wert"] is not None:
                for spalte, schritt in (("vorjahr", 1), ("fuenfjahr", 5)):
                    if z[spalte] is not None:
                        raten.setdefault((k, jahr - schritt, g), z["wert"] - z[spalte])
            if z["stadtwert"] is not None:
                raten.setdefault((k, jahr, STADT_KEY), z["stadtwert"])
            if z["verhaeltnis"] is not None and z["stadtwert"] is not None:
                raten.setdefault((k, jahr, g), z["verhaeltnis"] * z["stadtwert"])
        for (k, jahr, g), z in zeilen.items():
            bezug = bezuege[k]
            if bezug.jahre > 1 or len(bezug.zaehler) != 1:
                continue
            (teil,), nenner = bezug.zaehler, next(iter(bezug.nenner), "")
            for name, spalte in ((teil, "zaehler"), (nenner, "nenner")):
                if name and z[spalte] is not None:
                    self._setze((g, name, jahr), z[spalte])
            basis = self.grenzen.get((g, nenner, jahr))
            alt = self.grenzen.get((g, teil, jahr), [0.0, math.inf])
            if (k, jahr, g) in raten and basis and basis[0] == basis[1] and alt[0] < alt[1]:
                # Two figures rounded to one decimal leave the numerator within N · 0.1 / faktor.
                mitte, rand = raten[k, jahr, g] * basis[0] / bezug.faktor, basis[0] * 0.1 / bezug.faktor
                self.grenzen[g, teil, jahr] = [max(0.0, math.ceil(mitte - rand)), math.floor(mitte + rand)]

    def _baue(self, gebiete, merkmale):
        eltern = {g.schluessel: g.teil_von for g in gebiete}
        paare = sorted({(m, j) for _, m, j in self.grenzen})
        for m, j in paare:
            for oben in {e for e in eltern.values() if e}:
                for ebene in {g.ebene for g in gebiete if g.teil_von == oben and g.schluessel != "nz"}:
                    kinder = [g.schluessel for g in gebiete if g.teil_von == oben and g.ebene == ebene]
                    kinder += ["nz"] if oben == STADT_KEY and "nz" not in kinder else []
                    self._summe((oben, m, j), [(k, m, j) for k in kinder])
            merkmal = merkmale[m]
            if merkmal.teil_von:
                for g in eltern:
                    self.grenzen.setdefault((g, f"~{m}", j), [0.0, math.inf])
                    self._summe((g, merkmal.teil_von, j), [(g, m, j), (g, f"~{m}", j)])
        for gruppe in sorted({(m.teil_von, m.gruppe) for m in merkmale.values() if m.gruppe}):
            glieder = [m.schluessel for m in merkmale.values() if (m.teil_von, m.gruppe) == gruppe]
            for j in sorted({j for _, j in paare}):
                for g in eltern:
                    self._summe((g, gruppe[0], j), [(g, m, j) for m in glieder])

    def _summe(self, ganzes, teile):
        if ganzes in self.grenzen and all(teil in self.grenzen for teil in teile):
            self.summen.append((ganzes, teile))

    def run(self):
        for _ in range(60):
            neu = [self._enger(ganzes, teile) for ganzes, teile in self.summen]
            if not any(neu):
                break
        return {ort: tuple(g) for ort, g in self.grenzen.items()}

    def _enger(self, ganzes, teile):
        alle = [(ganzes, -1), *((teil, 1) for teil in teile)]
        neu = False
        for ort, zeichen in alle:
            unten = oben = 0.0
            for anderer, z in alle:
                if anderer == ort:
                    continue
                a, b = self.grenzen[anderer]
                f = -z * zeichen
                unten += f * (a if f > 0 else b)
                oben += f * (b if f > 0 else a)
            g = self.grenzen[ort]
            if unten > g[0] + 1e-9 or oben < g[1] - 1e-9:
                self.grenzen[ort] = [max(unten, g[0]), min(oben, g[1])]
                neu = True
        return neu
