"""What a serving process holds for all of its channels: the campaign, and the files of its map."""
