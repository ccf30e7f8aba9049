"""The box itself: a pure step from message to effects, a loop that blocks, and the wiring of all parts."""
