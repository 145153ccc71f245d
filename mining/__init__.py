"""Pure functions over small tables: models, conformance, causes."""
