"""Did it help? Before and after, like for like, with what chance alone would bring."""
