"""Jobs: what is done after the change that asked for it, and what comes round by the clock."""
