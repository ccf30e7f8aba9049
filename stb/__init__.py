"""The television box: sign in to an operator, list channels, play them.

The rooms of this house and who may import whom (a test reads the imports and holds them to it):

    5  cli
    4  app  portal
    3  screens  providers  admin  firstboot
    2  ui  catalogue  player  remote  board  settings  i18n  net
    1  errors  messages  service
    0  model

A room imports only from floors below its own; rooms on one floor do not see each other. What one
needs of another comes in through ``app/wiring.py``.
"""

__version__ = "0.1.0"
