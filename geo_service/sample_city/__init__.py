"""The sample city: an invented division of a recognisable Almaty, so that everything works without data."""
