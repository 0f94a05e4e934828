"""The domain: plain values and rules of thought. Standard library and attrs only.

Every class here is immutable. A field is described once (`fach.felder`); database column, Excel column, form and
message are made from that description.
"""
