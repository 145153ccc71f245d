"""Whether the numbers can be trusted: evidence, concerns, and how they are shown."""
