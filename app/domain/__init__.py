"""The rules: values in, decisions out. Standard library only; time is handed in; nothing is read or written."""
