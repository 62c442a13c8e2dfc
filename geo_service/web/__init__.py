"""The web service: the residents' page, its files, and the state of the process."""
