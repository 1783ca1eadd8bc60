"""How a task says that it did not work."""


class TaskFailed(Exception):
    """A task could not be done; `code` is kept with it. `final`: trying again would not help."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.final = final
