"""Visits sites and writes down what they served and how a browser laid it out. Judges nothing."""
