"""The sub-commands of ``retrace``, one module for each kind of work."""
