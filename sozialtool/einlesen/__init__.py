"""A foreign file becomes checked Messwerte: rohblatt → tabellenfund → zuordnung → befunde.

The doors are `einlesen.lesen.read_rohmappe`, `einlesen.tabellenfund.find_tabellen`, `einlesen.pruefung.examine` and
`answer`, `einlesen.aendern.apply_answer` and `build_profil`.
"""
