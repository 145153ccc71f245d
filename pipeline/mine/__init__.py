"""``retrace mine``: the results of process mining as files, of any event log or of a published build."""
