"""The store: a directory with the campaigns that were published, one of which is current."""
