"""The version, in one place: the package's, and that of the rules it ships."""

VERSION = "0.1.0"
