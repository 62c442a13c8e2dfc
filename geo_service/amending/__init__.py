"""Amendments of a published campaign: what a clerk changes on the eve of the vote, without a new build."""
