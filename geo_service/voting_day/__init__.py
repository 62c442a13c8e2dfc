"""The day of the vote: what is open when, how far it is, how to get there, and an entry for the calendar.

Everything here is given the moment and the campaign, and asks neither a clock nor the web.
"""
