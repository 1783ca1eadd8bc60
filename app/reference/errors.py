"""What is wrong with the reference data, said so that it can be found."""


class ReferenceDataError(Exception):
    """The data cannot be used; the text names the file, the entry and what to put right."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"reference data: {place}: {problem}")
        self.place = place
        self.problem = problem
