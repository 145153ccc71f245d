"""Small literal worlds with answers worked out by hand: one build holds them all."""
