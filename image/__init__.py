"""Makes the image of the television: a card that is flashed and forgotten.

Flavours are read (`flavour`), Debian's packages become a tree that is kept (`base`), the television is laid
over it (`tree`), and of both a disk is made (`boot`, `disk`), with papers about what is in it (`papers`).
`build` is the one that knows the others. Nothing is mounted on the machine that builds.
"""
