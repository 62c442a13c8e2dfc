"""How well the one box answers: a corpus of typed queries, judged class by class."""
