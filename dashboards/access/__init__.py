"""Who may see which entities: the file of roles, the sign-in, and what stands in for the pages until then."""
