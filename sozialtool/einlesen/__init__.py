"""A foreign file becomes checked Messwerte: rohblatt → tabellenfund → zuordnung → befunde."""
