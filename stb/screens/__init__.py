"""What the viewer sees and what keys mean there: one file a screen, each a pure function of a `View`."""
