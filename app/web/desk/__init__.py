"""The desk: where members of organisations sign in and work on cases. Each module holds a Blueprint."""
