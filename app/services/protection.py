"""The protection that a report calls for: its safeguards, and what they let somebody add to it."""

from dataclasses import dataclass, replace

from app.domain.intake import Report, check_without_links, flags_of
from app.reference import Reference
from app.reference.records_taxonomy import EvidenceRule


@dataclass(frozen=True)
class Protection:
    """Ids of safeguards in the order of their table, and the strictest of their rules for evidence."""

    flags: tuple[str, ...]
    rule: EvidenceRule

    @property
    def takes_files(self) -> bool:
        """Whether files may be added."""
        return self.rule is EvidenceRule.ANY

    @property
    def takes_links(self) -> bool:
        """Whether web addresses may be added."""
        return self.rule is not EvidenceRule.NONE


def protection_of(reference: Reference, report: Report) -> Protection:
    """What stands for a report with these harms and answers."""
    found = flags_of(report, reference.safeguards_of(report.harms))
    flags = tuple(flag for flag in reference.safeguards if flag in found)
    return Protection(flags, reference.evidence_rule(flags))


def without_what_is_not_taken(report: Report, protection: Protection) -> Report:
    """The report without links where none are taken; raises InvalidInput (`link_in_text`, its field)."""
    if protection.takes_links:
        return report
    check_without_links(report)
    return replace(report, links=())
