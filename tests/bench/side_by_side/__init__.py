"""The same questions asked of the same log: Retrace, pm4py and r4pm, each in a process of its own."""
