"""One family of errors: every message says where, what was expected, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Bad input or a failed check, told in one line that a user can act on.

    The command line prints the message as it is and ends with :attr:`exit_code`; nothing else in
    the package turns an error into text.
    """

    exit_code = 2


class PageError(KgError):
    """A file that cannot be read as a Chinese newspaper page."""


class LexiconError(KgError):
    """A word list that does not keep to its columns."""


class RuleError(KgError):
    """A rule file that does not say what a rule must say."""


class StoreError(KgError):
    """A folder that is no store, or one that cannot be written."""


class QueryError(KgError):
    """A query that is unknown or malformed."""


class ExportError(KgError):
    """A graph that cannot be written in the asked form, or a place that cannot be written to."""


class JudgementError(KgError):
    """A judgements file that does not keep to its columns, or a judgement that cannot be."""
