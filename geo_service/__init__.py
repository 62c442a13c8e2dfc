"""The precinct service."""
