"""Use cases: load, decide, write, audit, enqueue. A service takes a Context first and never commits."""
