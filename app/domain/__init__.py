"""The rules: values in, decisions out. Standard library only; time is handed in; no input or output."""
