"""Rules as data (``*.yaml`` in this folder) and the one engine that compiles and runs them."""

from kg.rules.engine import Match, Rule, RuleSet, load_rules
from kg.rules.tagged import Tagged, tag

__all__ = ["Match", "Rule", "RuleSet", "Tagged", "load_rules", "tag"]
