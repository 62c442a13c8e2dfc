"""Two campaigns side by side: what is added, gone, renumbered, moved and shifted."""
