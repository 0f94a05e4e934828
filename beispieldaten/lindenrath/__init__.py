"""Lindenrath, an invented town: its areas, its figures, and the deliveries of its departments.

Nothing here is data of a real person or place. `raum` holds the areas, `bevoelkerung` and `soziales` the model,
`werkstatt` the book of truth, the other modules one sender each.
"""
