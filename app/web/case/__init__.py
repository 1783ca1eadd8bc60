"""The case page of the person harmed. Each module holds a Blueprint; nothing here needs an account."""
