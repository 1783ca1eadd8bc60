"""The shipped data loads; a copy that is broken in any way is refused, and the refusal names the place."""

import shutil
from pathlib import Path

import pytest

from app.reference import FOLDER, ReferenceDataError, load_reference

REFERENCE = load_reference()

BREAKS = [
    (
        "taxonomy/privacy.yaml",
        "roles: [data_coll",
        "roles: [nobody, data_coll",
        "priv_data_used_without_consent",
    ),
    ("taxonomy/privacy.yaml", "remedies: [data_deletion", "remedies: [magic", "nothing is called magic"),
    ("taxonomy/privacy.yaml", "safeguards: [danger_to_life]", "safeguards: [calm]", "nothing is called calm"),
    ("taxonomy/privacy.yaml", "right: privacy", "right: secrecy", "right: nothing is called secrecy"),
    ("taxonomy/privacy.yaml", "- id: priv_personal_data_leak", "- id: prop_scam_financial_loss", "also in"),
    ("taxonomy/privacy.yaml", "  name: Right to Privacy\n", "", "rights: privacy: name"),
    ("taxonomy/privacy.yaml", "name: Right to Privacy", 'name: " "', "rights: privacy: name"),
    ("taxonomy/privacy.yaml", "irremediability: 4", "irremediability: 6", "irremediability"),
    ("taxonomy/privacy.yaml", "urgent: false", "urgent: false\n  colour: red", "colour"),
    ("taxonomy/privacy.yaml", "harms:", "harmz:", "unknown table harmz"),
    ("taxonomy/privacy.yaml", "harms:", "harms: [", "taxonomy/privacy.yaml: not readable as YAML"),
    (
        "lifecycle/transitions_intake.yaml",
        "to: accepted",
        "to: heaven",
        "accept: to: nothing is called heaven",
    ),
    ("lifecycle/transitions_intake.yaml", "sources: [draft]", "sources: [limbo]", "submit: sources"),
    (
        "lifecycle/transitions_intake.yaml",
        "to: accepted",
        "to: screening",
        "accepted: no transition leads to it",
    ),
    ("lifecycle/transitions_intake.yaml", "- id: submit\n", "- id: send\n", "nothing is called submit"),
    (
        "lifecycle/transitions_intake.yaml",
        "requires: [flag_reason]",
        "requires: [whim]",
        "safety_flag: requires",
    ),
    ("lifecycle/transitions_party.yaml", "by: [respondent, system]", "by: [butler]", "actor_ack: by"),
    ("lifecycle/states.yaml", "- id: escalated", "- id: floating", "nothing is called escalated"),
    ("lifecycle/roles.yaml", "- id: auditor", "- id: butler", "code and data differ in: auditor, butler"),
    (
        "lifecycle/deadlines.yaml",
        "starts: [submit]",
        "starts: [dawn]",
        "receipt: starts: nothing is called dawn",
    ),
    ("lifecycle/deadlines.yaml", "days: 30\n", "days: soon\n", "days"),
    ("lifecycle/deadlines.yaml", "kind: analogy", "kind: rumour", "kind: nothing is called rumour"),
    ("severity.yaml", "scores: [3]", "scores: [4]", "each score from 1 to 5"),
    ("severity.yaml", "  least_where_waiting_is_final: true\n", "", "least_where_waiting_is_final"),
    ("severity.yaml", "- level: 2", "- level: 3", "levels must be 1 to 5"),
    ("involvement.yaml", "if_yes: cause", "if_yes: guilt", "if_yes: nothing is called guilt"),
    ("value_chain.yaml", "group: adjacent", "group: outside", "group: nothing is called outside"),
    ("value_chain.yaml", "leverage: [enforce_terms", "leverage: [shout", "leverage: nothing is called shout"),
    ("remedies/classic.yaml", "serves: person", "serves: nobody", "serves: nothing is called nobody"),
    ("remedies/classic.yaml", "family: ungp25", "family: none", "family: nothing is called none"),
    ("routes/urgent.yaml", "kind: emergency", "kind: leisure", "emergency_services: kind"),
    (
        "routes/urgent.yaml",
        "harms: [child_csam_generated",
        "harms: [boredom",
        "harms: nothing is called boredom",
    ),
    ("effectiveness.yaml", "better: up", "better: sideways", "better: nothing is called sideways"),
]


@pytest.mark.parametrize(("file", "old", "new", "named"), BREAKS)
def test_broken_data_is_refused_by_name(tmp_path: Path, file: str, old: str, new: str, named: str) -> None:
    folder = copy_of_the_data(tmp_path)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(ReferenceDataError, match="reference data: ") as refusal:
        load_reference(folder)
    assert named in str(refusal.value)


def test_absent_file_is_refused_by_name(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    (folder / "involvement.yaml").unlink()
    with pytest.raises(ReferenceDataError, match="no file holds any"):
        load_reference(folder)


def test_extension_right_is_read_but_not_asked_about() -> None:
    assert "take_part_public_affairs" in REFERENCE.rights
    assert [right.position for right in REFERENCE.enabled_rights] == list(range(1, 10))


def test_extension_right_is_enabled_by_its_flag_alone(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    file = folder / "taxonomy/take_part_public_affairs.yaml"
    file.write_text(file.read_text().replace("enabled: false", "enabled: true"))
    reference = load_reference(folder)
    assert len(reference.enabled_rights) == 10
    shown = {harm.id for harm in reference.harms_of("take_part_public_affairs")}
    assert shown == {"expr_election_deception", "thought_targeted_political_persuasion"}


def test_every_right_that_is_asked_about_has_harms() -> None:
    assert all(REFERENCE.harms_of(right.id) for right in REFERENCE.enabled_rights)
    assert len(REFERENCE.harms) == 57


def copy_of_the_data(tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder
