"""The demo: invented organisations, people and reports, made through the same services that real ones use."""
