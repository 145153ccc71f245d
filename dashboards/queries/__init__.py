"""Everything the pages ask of the published warehouse; the only SQL of the dashboards.

Answers are kept per build: a newly published one has another number, so it is asked afresh and never mixed with the
one before. All of them are small (KPI rows, edges, steps); no page reads the event log.
"""
