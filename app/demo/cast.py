"""Who takes part in the demo. All of it is invented; the password is meant to be known."""

from dataclasses import dataclass

from app.domain.systems import Relation, SystemFacts, SystemKind

# Printed for whoever runs the demo.
PASSWORD = "seven lanterns along the quiet harbour wall"  # nosec B105


@dataclass(frozen=True)
class Role:
    """Somebody with an account; `key` names them in the stories and before the @."""

    key: str
    name: str
    roles: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True)
class Home:
    """An organisation with its people, its manager first."""

    key: str
    name: str
    kind: str
    people: tuple[Role, ...]

    def email(self, person: Role) -> str:
        """The address with which one of its people signs in."""
        return f"{person.key}@{self.key}.example"


HOMES = (
    Home(
        "secretariat",
        "Harbour Secretariat",
        "host",
        (
            Role("ruth", "Ruth Adeyemi", ("manager",)),
            Role("amina", "Amina Diallo", ("caseworker",)),
            Role("tomas", "Tomas Berg", ("caseworker",)),
            Role("leila", "Leila Mansour", ("safeguarding_lead",)),
        ),
    ),
    Home(
        "tarnfield",
        "Tarnfield Apps",
        "respondent",
        (Role("greta", "Greta Holm", ("manager",)), Role("oskar", "Oskar Lind", ("respondent",))),
    ),
    Home("oberlys", "Oberlys Labs", "respondent", (Role("mina", "Mina Kato", ("manager", "respondent")),)),
    Home(
        "kestrelgrid",
        "Kestrelgrid",
        "respondent",
        (Role("pavel", "Pavel Dvorak", ("manager", "respondent")),),
    ),
    Home("plazuma", "Plazuma", "respondent", (Role("ines", "Inès Caron", ("manager", "respondent"), "fr"),)),
    Home(
        "lumbre",
        "Casa Lumbre",
        "civil_society",
        (Role("marisol", "Marisol Vega", ("manager", "representative")),),
    ),
)

# key -> (who enters it, what is listed); an operator is named for those who are not reached here.
SYSTEMS = {
    "companion": (
        "oskar",
        SystemFacts(
            "Tarn Companion",
            SystemKind.APPLICATION,
            "system_deployer",
            ("Tarn", "Tarn chat", "تارن", "تارن كومبانيون"),
        ),
    ),
    "hire": (
        "oskar",
        SystemFacts("Tarn Hire", SystemKind.APPLICATION, "system_deployer", ("Tarn Recrutement", "TarnHire")),
    ),
    "model": (
        "mina",
        SystemFacts("Oberlys 3", SystemKind.MODEL, "model_builder", ("Oberlys", "أوبرليس", "Oberlys Image")),
    ),
    "cloud": (
        "pavel",
        SystemFacts("Kestrelgrid Compute", SystemKind.INFRASTRUCTURE, "digital_infrastructure_provider"),
    ),
    "platform": (
        "ines",
        SystemFacts("Plazuma", SystemKind.PRODUCT, "hosting_platform", ("Plazuma Vidéo", "بلازوما")),
    ),
    "data": (
        "amina",
        SystemFacts("Commonshelf", SystemKind.DATA_SET, "data_provider", operator="Commonshelf Collective"),
    ),
    "voice": (
        "amina",
        SystemFacts("Vokalin", SystemKind.APPLICATION, "system_deployer", ("فوكالين",), "Vokalin Studio"),
    ),
}

EDGES = (
    ("oskar", "companion", "model", Relation.BUILT_ON),
    ("oskar", "companion", "cloud", Relation.HOSTED_ON),
    ("oskar", "hire", "model", Relation.BUILT_ON),
    ("mina", "model", "data", Relation.TRAINED_ON),
    ("mina", "model", "cloud", Relation.HOSTED_ON),
    ("ines", "platform", "model", Relation.SUPPLIED_BY),
    ("amina", "voice", "model", Relation.BUILT_ON),
)
