"""Great Expectations suites as code and their one runner."""
