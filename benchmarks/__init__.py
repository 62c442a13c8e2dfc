"""Speed, as ratios against peers in the same run. Not tests: nothing here passes or fails."""
