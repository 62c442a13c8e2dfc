"""Addresses as people write them: from a typed text to a place, a house, or an honest question."""
