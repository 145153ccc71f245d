"""A synthetic distributor with planted truth."""
