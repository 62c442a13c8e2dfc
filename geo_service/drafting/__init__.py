"""Drafts of recipes: what source files seem to hold, written down as a recipe that a person can correct."""
