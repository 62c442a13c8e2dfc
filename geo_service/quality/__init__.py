"""What is good and what is wrong with a campaign: checks, measures, the report in all its forms."""
