"""Remotes and keyboards: the kernel's input devices, what their keys mean, and a fake to test with.

kernel (evdev) + hotplug (pyudev)  ->  reader  ->  strokes  ->  rules + keymap  ->  inbox
fake (recorded events)             ->
"""
