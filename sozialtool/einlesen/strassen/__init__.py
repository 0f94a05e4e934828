"""Straßenverzeichnis and addresses: read it, check it, find the area of an address.

The doors are `strassen.lesen.read_abschnitte`, `strassen.pruefen.check_abschnitte`, `strassen.suche.build_index` and
`find_gebiet`, `strassen.vorschlag.propose_strassen`.
"""
