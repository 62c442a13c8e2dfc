"""Source files: one reader a module, each giving the same `Table` whatever the format."""
