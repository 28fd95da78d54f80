"""The command line: the verbs of the package with help, tables and exit codes.

0 did what was asked, 1 a check found something, 2 bad input, told in one line on standard error.
"""

from kg.cli.app import main

__all__ = ["main"]
