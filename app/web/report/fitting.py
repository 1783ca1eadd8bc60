"""What fits the report so far: the harms behind each right, and the remedies for the harms chosen."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.reference.records_outcome import Remedy
from app.web.report import flow
from app.web.report.flow import Seen
from app.web.report.forms import HarmForm, MainForm, WantForm
from app.web.unit import portal

# Offered where no harm was chosen: what most people ask for.
USUAL = (
    "takedown", "correction", "data_deletion", "apology", "explanation", "human_review",
    "financial_compensation", "guarantee_of_non_repetition",
)  # fmt: skip


def prepare_harms(form: HarmForm, _seen: Seen) -> None:
    """Every harm can be chosen."""
    form.harms.choices = [(harm.id, gettext(harm.name)) for harm in portal().reference.harms.values()]


def rights(seen: Seen) -> Mapping[str, Any]:
    """The rights with their harms, in order; a right with a chosen harm is shown open."""
    reference = portal().reference
    groups = [(right, reference.harms_of(right.id)) for right in reference.enabled_rights]
    return {"groups": groups, "chosen": set(seen.report.harms)}


def after_harm(name: str, now: Seen) -> str:
    """Several harms lead to the question which one matters most."""
    return "main" if len(now.report.harms) > 1 else flow.after(name)


def prepare_main(form: MainForm, seen: Seen) -> None:
    """One of the chosen harms."""
    harms = portal().reference.harms
    form.main.choices = [(harm, gettext(harms[harm].name)) for harm in sorted(seen.report.harms)]


def prepare_remedies(form: WantForm, seen: Seen) -> None:
    """The remedies that fit, what people may also have ticked before under other harms."""
    remedies = portal().reference.remedies
    chosen = seen.draft.page("want").get("wanted", [])
    ids = dict.fromkeys([*fitting_remedies(seen), *chosen])
    form.wanted.choices = [(each, gettext(remedies[each].name)) for each in ids]


def remedy_hints(_seen: Seen) -> Mapping[str, Any]:
    """A line under each remedy that says what it is."""
    return {"hints": {each.id: gettext(each.description) for each in portal().reference.remedies.values()}}


def fitting_remedies(seen: Seen) -> list[str]:
    """Ids of the remedies for the chosen harms, without those that only an authority can give."""
    reference = portal().reference
    of_harms = [remedy for harm in seen.report.harms for remedy in reference.harms[harm].remedies]
    return [each for each in dict.fromkeys(of_harms or USUAL) if _can_be_asked(reference.remedies[each])]


def _can_be_asked(remedy: Remedy) -> bool:
    return not remedy.by_authority
