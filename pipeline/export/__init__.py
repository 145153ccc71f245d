"""Write a published warehouse's tables, event log and model in formats that other tools read."""
