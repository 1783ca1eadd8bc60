"""What an AI system may be, how one may rest on another, and how their names are compared."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import InvalidInput

LONGEST_NAME = 200
MOST_NAMES = 20

# Letters that people type for one another, and a stroke that only stretches a word.
_ALIKE = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None, "ı": "i", "ø": "o", "ł": "l"})


class SystemKind(StrEnum):
    """What a system is."""

    PRODUCT = "product"
    APPLICATION = "application"
    MODEL = "model"
    DATA_SET = "data_set"
    INFRASTRUCTURE = "infrastructure"


class Relation(StrEnum):
    """How a system rests on the one upstream of it."""

    BUILT_ON = "built_on"
    TRAINED_ON = "trained_on"
    HOSTED_ON = "hosted_on"
    SUPPLIED_BY = "supplied_by"


@dataclass(frozen=True)
class SystemFacts:
    """What is listed about a system; `operator` is named only for one whose operator is not reached here."""

    name: str
    kind: SystemKind
    role: str
    also_called: tuple[str, ...] = ()
    operator: str = ""

    def check(self) -> None:
        """Raise InvalidInput (`no_name`, `long_name`, `many_names`) for what cannot be listed."""
        names = (self.name, self.operator, *self.also_called)
        if not fold(self.name):
            raise InvalidInput("no_name")
        if any(len(name) > LONGEST_NAME for name in names):
            raise InvalidInput("long_name")
        if len(self.also_called) > MOST_NAMES:
            raise InvalidInput("many_names")


def fold(text: str) -> str:
    """The form in which names of any script are compared: no case, marks, signs or odd digits.

    Words are parted by single spaces; a name of nothing but signs folds to the empty text.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_ALIKE)
    return " ".join("".join(_folded(sign) for sign in plain).split())[:LONGEST_NAME]


def _folded(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in ("Mn", "Me", "Cf"):
        return ""
    return sign if category[0] in "LMN" else " "
