"""The proof pack: a comparison on paper, from the question to the hashes."""
