"""Nationalities as registers write them: key of Destatis, ISO 3166, name, adjective.

Keys and names: "Codeliste Staatsangehörigkeit aus der Staats- und Gebietssystematik des Statistischen Bundesamtes"
(urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit_2021-02-19, XRepository), all entries; adjectives
and ISO codes as the Verzeichnis der Staatennamen of the Auswärtiges Amt has them. Names of daily use are added.
"""

from __future__ import annotations

import functools
import re

from sozialtool.fach.register import DEUTSCH, DRITTSTAAT, EU, UNBEKANNT, klein

_DEUTSCHE = "000 0 d de deu ger deutsch deutsche deutscher deutschland"
_EU = """
124 be bel belgien belgisch|125 bg bgr bulgarien bulgarisch|126 dk dnk dänemark dänisch|127 ee est estland estnisch
128 fi fin finnland finnisch|129 fr fra frankreich französisch|130 hr hrv kroatien kroatisch|131 si svn slowenien slowenisch
134 gr grc griechenland griechisch|135 ie irl irland irisch|137 it ita italien italienisch|139 lv lva lettland lettisch
142 lt ltu litauen litauisch|143 lu lux luxemburg luxemburgisch|145 mt mlt malta maltesisch|148 nl nld niederlande niederländisch
151 at aut österreich österreichisch|152 pl pol polen polnisch|153 pt prt portugal portugiesisch|154 ro rou rumänien rumänisch
155 sk svk slowakei slowakisch|157 se swe schweden schwedisch|161 es esp spanien spanisch
164 cz cze tschechien tschechisch tschechische_republik|165 hu hun ungarn ungarisch|181 cy cyp zypern zyprisch
eu eu-ausland eu-staat eu-bürger unionsbürger
"""
"""States of the European Union besides Germany."""
_ANDERE = """
120 138 yug jugoslawien jugoslawisch|121 al alb albanien albanisch|123 ad and andorra andorranisch
122 ba bih bosnien bosnisch bosnien-herzegowina bosnisch-herzegowinisch herzegowina herzegowinisch|132 scg serbien-montenegro
133 170 rs srb serbien serbisch|136 is isl island isländisch|140 me mne montenegro montenegrinisch|141 li lie liechtenstein liechtensteinisch
144 mk mkd nordmazedonien mazedonien mazedonisch nordmazedonisch|146 md mda moldau moldauisch moldawien moldawisch republik_moldau
147 mc mco monaco monegassisch|149 no nor norwegen norwegisch|150 xk xxk kosovo kosovarisch|156 sm smr san_marino san-marinesisch
158 ch che schweiz schweizerisch|159 sun sowjetunion sowjetisch|160 ru rus russland russisch russische_föderation
162 csk tschechoslowakei tschechoslowakisch|163 tr tur türkei türkisch|166 ua ukr ukraine ukrainisch|167 va vat vatikanstadt vatikanisch
168 gb gbr uk großbritannien britisch vereinigtes_königreich|169 by blr belarus belarussisch weißrussland weißrussisch
185 britische_überseegebiete|221 dz dza algerien algerisch|223 ao ago angola angolanisch|224 er eri eritrea eritreisch
225 et eth äthiopien äthiopisch|226 ls lso lesotho lesothisch|227 bw bwa botsuana botsuanisch|229 bj ben benin beninisch
230 dj dji dschibuti dschibutisch|231 ci civ côte_d’ivoire côte_d'ivoire elfenbeinküste ivorisch|232 ng nga nigeria nigerianisch
233 zw zwe simbabwe simbabwisch|236 ga gab gabun gabunisch|237 gm gmb gambia gambisch|238 gh gha ghana ghanaisch
239 mr mrt mauretanien mauretanisch|242 cv cpv cabo_verde kap_verde cabo-verdisch kapverdisch|243 ke ken kenia kenianisch
244 km com komoren komorisch|245 246 cg cog cd cod kongo kongolesisch demokratische_republik_kongo der_demokratischen_republik_kongo
247 lr lbr liberia liberianisch|248 ly lby libyen libysch|249 mg mdg madagaskar madagassisch|251 ml mli mali malisch
252 ma mar marokko marokkanisch|253 mu mus mauritius mauritisch|254 mz moz mosambik mosambikanisch|255 ne ner niger nigrisch
256 mw mwi malawi malawisch|257 zm zmb sambia sambisch|258 bf bfa burkina_faso burkinisch|259 gw gnb guinea-bissau guinea-bissauisch
261 gn gin guinea guineisch|262 cm cmr kamerun kamerunisch|263 za zaf südafrika südafrikanisch|265 rw rwa ruanda ruandisch
267 na nam namibia namibisch|268 st stp são_tomé_und_príncipe são-toméisch|269 sn sen senegal senegalesisch
271 sc syc seychellen seychellisch|272 sl sle sierra_leone sierra-leonisch|273 so som somalia somalisch
274 gq gnq äquatorialguinea äquatorialguineisch|276 277 sd sdn sudan sudanesisch|278 ss ssd südsudan südsudanesisch
281 sz swz eswatini eswatinisch swasiland swasiländisch|282 tz tza tansania tansanisch|283 tg tgo togo togoisch|284 td tcd tschad tschadisch
285 tn tun tunesien tunesisch|286 ug uga uganda ugandisch|287 eg egy ägypten ägyptisch|289 cf caf zentralafrikanische_republik zentralafrikanisch
291 bi bdi burundi burundisch|320 ag atg antigua_und_barbuda antiguanisch|322 bb brb barbados barbadisch|323 ar arg argentinien argentinisch
324 bs bhs bahamas bahamaisch|326 bo bol bolivien bolivianisch|327 br bra brasilien brasilianisch|328 gy guy guyana guyanisch
330 bz blz belize belizisch|332 cl chl chile chilenisch|333 dm dma dominica dominicanisch|334 cr cri costa_rica costa-ricanisch
335 do dom dominikanische_republik dominikanisch|336 ec ecu ecuador ecuadorianisch|337 sv slv el_salvador salvadorianisch
340 gd grd grenada grenadisch|345 gt gtm guatemala guatemaltekisch|346 ht hti haiti haitianisch|347 hn hnd honduras honduranisch
348 ca can kanada kanadisch|349 co col kolumbien kolumbianisch|351 cu cub kuba kubanisch|353 mx mex mexiko mexikanisch
354 ni nic nicaragua nicaraguanisch|355 jm jam jamaika jamaikanisch|357 pa pan panama panamaisch|359 py pry paraguay paraguayisch
361 pe per peru peruanisch|364 sr sur suriname surinamisch|365 uy ury uruguay uruguayisch|366 lc lca st._lucia lucianisch
367 ve ven venezuela venezolanisch|368 us usa vereinigte_staaten vereinigte_staaten_von_amerika amerikanisch us-amerikanisch
369 vc vct st._vincent_und_die_grenadinen vincentisch|370 kn kna st._kitts_und_nevis|371 tt tto trinidad_und_tobago
411 hk hkg hongkong chinesisch_(hongkong)|412 mo mac macau chinesisch_(macau)|421 ye yem jemen jemenitisch|422 am arm armenien armenisch
423 af afg afghanistan afghanisch|424 bh bhr bahrain bahrainisch|425 az aze aserbaidschan aserbaidschanisch|426 bt btn bhutan bhutanisch
427 mm mmr myanmar myanmarisch|429 bn brn brunei brunei_darussalam bruneiisch|430 ge geo georgien georgisch|431 lk lka sri_lanka sri-lankisch
432 vn vnm vietnam vietnamesisch|434 467 kp prk kr kor korea koreanisch nordkorea nordkoreanisch südkorea südkoreanisch republik_korea der_republik_korea
436 in ind indien indisch|437 id idn indonesien indonesisch|438 iq irq irak irakisch|439 ir irn iran iranisch
441 il isr israel israelisch|442 jp jpn japan japanisch|444 kz kaz kasachstan kasachisch|445 jo jor jordanien jordanisch
446 kh khm kambodscha kambodschanisch|447 qa qat katar katarisch|448 kw kwt kuwait kuwaitisch|449 la lao laos laotisch
450 kg kgz kirgisistan kirgisisch|451 lb lbn libanon libanesisch|454 mv mdv malediven maledivisch|456 om omn oman omanisch
457 mn mng mongolei mongolisch|458 np npl nepal nepalesisch|459 ps pse palästina palästinensisch palästinensische_gebiete
460 bd bgd bangladesch bangladeschisch|461 pk pak pakistan pakistanisch|462 ph phl philippinen philippinisch|465 tw twn taiwan taiwanisch
469 ae are vereinigte_arabische_emirate der_vereinigten_arabischen_emirate|470 tj tjk tadschikistan tadschikisch|471 tm tkm turkmenistan turkmenisch
472 sa sau saudi-arabien saudi-arabisch saudisch|474 sg sgp singapur singapurisch|475 sy syr syrien syrisch arabische_republik_syrien
476 th tha thailand thailändisch|477 uz uzb usbekistan usbekisch|479 cn chn china chinesisch|482 my mys malaysia malaysisch
483 tl tls timor-leste von_timor-leste|523 au aus australien australisch|524 sb slb salomonen salomonisch|526 fj fji fidschi fidschianisch
530 ki kir kiribati kiribatisch|531 nr nru nauru nauruisch|532 vu vut vanuatu vanuatuisch|536 nz nzl neuseeland neuseeländisch
537 pw plw palau palauisch|538 pg png papua-neuguinea papua-neuguineisch|540 tv tuv tuvalu tuvaluisch|541 to ton tonga tongaisch
543 ws wsm samoa samoanisch|544 mh mhl marshallinseln marshallisch|545 fm fsm mikronesien mikronesisch
910|997 staatenlos (staatenlos) xxa|998 ungeklärt (ungeklärt) xxb unbekannt|999 ohne_angabe (ohne_angabe) xxc
drittstaat drittstaaten nicht-eu nicht_eu nicht-eu-ausland ausland übriges_ausland sonstige
"""
"""All others, with states that are no more, stateless people and those whose nationality is not settled."""
_TRENNER = re.compile(r"\s*[/,;|+&]\s*|\s+und\s+")
_FORM = re.compile(r"(?<=isch)(?:e|er|es)$|(?<=deutsch)(?:e|er|es)$")


@functools.cache
def _known() -> dict[str, str]:
    woerter = re.compile(r"[^\s|]+")
    listen = ((DRITTSTAAT, _ANDERE), (EU, _EU), (DEUTSCH, _DEUTSCHE))
    return {wort.replace("_", " "): gruppe for gruppe, liste in listen for wort in woerter.findall(liste)}


def gruppe_of(wert: object) -> str:
    """Read a nationality or several.

    Returns:
        DEUTSCH (also beside another), EU (also beside one of a third state), UNBEKANNT (empty, or one of the texts says
        nothing that is known), DRITTSTAAT (stateless and not settled included).
    """
    bekannt = _known()
    text = klein(wert)
    if text in bekannt:
        return bekannt[text]
    return min((_read(teil, bekannt) for teil in _TRENNER.split(text)), default=UNBEKANNT)


def _read(teil: str, bekannt: dict[str, str]) -> str:
    if teil in bekannt:
        return bekannt[teil]
    if teil.isdigit() and len(teil) < 3:
        return UNBEKANNT
    return bekannt.get(_FORM.sub("", teil), UNBEKANNT)


def gruppe_of_beiden(erste: object, zweite: object) -> str:
    """Read two columns of nationalities; an empty second one says nothing."""
    return gruppe_of(erste) if not klein(zweite) else min(gruppe_of(erste), gruppe_of(zweite))
