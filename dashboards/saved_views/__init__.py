"""Views that readers saved under a name: an address of a page, kept in the workspace."""
