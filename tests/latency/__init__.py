"""How fast the pages answer in a browser; run with ``make latency``."""
