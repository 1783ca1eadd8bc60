"""HTTP only: authorise, parse, make one call, render."""
