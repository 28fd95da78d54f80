"""What a check found: findings that name the page and the words, and the report that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["violation", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or worth a look. ``rule`` is the shape or the check, ``thing`` what it is about.

    ``quote`` are the words of the page that it is about, 二七区委书记陈红民, so that a person can open it and look.
    """

    severity: Severity
    rule: str
    message: str
    message_zh: str
    thing: str = ""
    page: str = ""
    article: str = ""
    quote: str = ""

    def __str__(self) -> str:
        where = f"{self.page or 'store'}: "
        said = f" — “{self.quote}”" if self.quote else ""
        thing = f" ({self.thing})" if self.thing else ""
        return f"{self.severity}: {where}{self.message}{thing}{said}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found, violations first. ``checked`` counts facts and quotes looked at."""

    findings: tuple[Finding, ...]
    checked: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """No violation; warnings are for people to look at and do not count."""
        return not self.violations

    @property
    def violations(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "warning")

    def data(self) -> dict[str, Any]:
        """The report as plain data, for JSON: ``{"ok": true, "violations": 0, …, "findings": […]}``."""
        return {
            "ok": self.ok,
            "violations": len(self.violations),
            "warnings": len(self.warnings),
            "checked": dict(self.checked),
            "findings": [asdict(finding) for finding in self.findings],
        }

    def __str__(self) -> str:
        looked = ", ".join(f"{number} {what}" for what, number in self.checked.items())
        head = f"{len(self.violations)} violations, {len(self.warnings)} warnings; looked at {looked}"
        return "\n".join([*map(str, self.findings), head])
