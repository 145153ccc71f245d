"""Any XES or CSV event log as the two relations of an EventLog."""
