"""Apache Spark as the engine of a build: its session, and the tables that go there and come back."""
