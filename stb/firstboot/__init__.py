"""What is written onto the card for the box's first boot: read as data, and told back as a report.

Readers are pure: `card` for stb.toml; `imager`, `script` and `cloud` for Raspberry Pi Imager's customisation.
Each gives a `Wish`. `files` says what a wish becomes on the data partition; `replacing` changes the card's
first partition so that power may be cut at any moment. Who brings it together is ``stb.app.firstboot``.
"""
