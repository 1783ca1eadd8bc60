"""Evidence files: what a file really is, taking traces out of it, and keeping it sealed."""
