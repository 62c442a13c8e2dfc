"""Campaigns: what one vote is made of, the file that holds it, how it is built, and the store."""
