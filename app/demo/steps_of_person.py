"""What the person who reported does in a story."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from app.demo.picture import draw_chat
from app.demo.scene import Scene
from app.domain.answers import NoThanks
from app.services import answers, course, deliveries, evidence, evidence_storing, messages
from app.services.context import Context

Step = Mapping[str, Any]


def write(scene: Scene, ctx: Context, step: Step) -> None:
    """Write to a company, or to the host if none is named."""
    party_id = scene.party(ctx, step["to"]) if "to" in step else None
    messages.write(ctx, scene.case_id, party_id, step["text"])


def give_info(scene: Scene, ctx: Context, step: Step) -> None:
    """Answer the host's questions."""
    course.give_info(ctx, scene.case_id, step["text"])


def attach(scene: Scene, ctx: Context, step: Step) -> None:
    """Add a file: a picture of a chat, or a text."""
    file = draw_chat(step["chat"]) if "chat" in step else BytesIO(step["text"].encode())
    stored = evidence_storing.store_file(ctx.portal, scene.case_id, step["name"], file)
    evidence.add_to_case(ctx, scene.case_id, stored)


def agree(scene: Scene, ctx: Context, step: Step) -> None:
    """Accept a company's offer."""
    offer = scene.latest_offer(ctx, scene.party(ctx, step["to"]))
    answers.agree(ctx, scene.case_id, offer.id)


def ask_changes(scene: Scene, ctx: Context, step: Step) -> None:
    """Ask a company to change its offer."""
    answers.reject(ctx, scene.case_id, scene.party(ctx, step["to"]), NoThanks.CHANGES, step["text"])


def confirm(scene: Scene, ctx: Context, step: Step) -> None:
    """Confirm every promise of a company."""
    for promise in scene.latest_offer(ctx, scene.party(ctx, step["to"])).commitments:
        deliveries.confirm(ctx, scene.case_id, promise.id, step.get("satisfaction"))


ACTS = {
    "write": write,
    "give_info": give_info,
    "agree": agree,
    "attach": attach,
    "ask_changes": ask_changes,
    "confirm": confirm,
}
