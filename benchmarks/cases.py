"""Many cases at once, written straight into the tables: only the queue reads them, and nothing is in them."""

from datetime import timedelta
from random import Random

from sqlalchemy import insert, text

from app.models import Case, CaseHarm, System, SystemName
from app.models.types import new_id
from benchmarks.instance import Instance

STATES = (
    "submitted",
    "screening",
    "accepted",
    "routed",
    "actor_review",
    "remedy_delivery",
    "closed_remedied",
)
BATCH = 5000


def fill(measured: Instance, count: int) -> None:
    """Add so many cases of all states, severities and due days, always the same ones."""
    random = Random(7)
    harms = list(measured.portal.reference.harms.values())
    host = measured.people.caseworker.actor.organisation_id
    with measured.portal.database.transaction() as session:
        today = measured.context(session).today
        system = {"id": new_id(), "operator_name": "Lumen", "name": "Lumen Chat", "kind": "application"}
        system |= {"role": "system_deployer", "listed_on": today, "also_called": []}
        session.execute(insert(System), [system])
        session.execute(insert(SystemName), [{"system_id": system["id"], "folded": "lumen chat"}])
        for start in range(0, count, BATCH):
            cases = [_case(random, host, system["id"], today) for _ in range(min(BATCH, count - start))]
            session.execute(insert(Case), cases)
            session.execute(insert(CaseHarm), [_harm(random.choice(harms), case["id"]) for case in cases])
    with measured.portal.database.transaction() as session:
        session.execute(text("ANALYZE"))  # what both databases do by themselves after a while


def _case(random: Random, host: str, system: str, today) -> dict:
    state = random.choice(STATES)
    return {
        "id": new_id(),
        "reference": f"RC-{new_id()[:8].upper()}",
        "host_id": host,
        "language": random.choice(("en", "fr", "ar")),
        "channel": "web",
        "kind": "actual",
        "state": state,
        "resume_state": None,
        "closed": state.startswith("closed"),
        "state_since": today,
        "due_on": today + timedelta(days=random.randrange(-20, 60)),
        "due_id": "acknowledge",
        "scale": 1,
        "scope": 1,
        "irremediability": 1,
        "likelihood": None,
        "delay_makes_irremediable": False,
        "band": random.choice(("low", "medium", "high", "critical")),
        "queue_key": random.randrange(100_000),
        "flags": [],
        "system_id": system,
        "caseworker_id": None,
        "submitted_on": today,
    }


def _harm(harm, case_id: str) -> dict:
    return {"case_id": case_id, "harm_id": harm.id, "right_id": harm.right, "main": True}
