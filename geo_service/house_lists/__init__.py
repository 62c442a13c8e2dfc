"""House lists: the tables in which officials say which houses vote in which precinct."""
