"""Judges captures. Needs no network, no browser and no clock: "now" is the time of the capture."""
