"""Reports of wrong answers: what was asked, what is wrong with the answer, and nothing about who says so."""
