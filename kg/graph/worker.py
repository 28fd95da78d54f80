"""A query in a process of its own, which may be ended: ``python -m kg.graph.worker STORE < query``."""

from __future__ import annotations

import sys

from kg.errors import KgError
from kg.graph.store import Store


def main() -> int:
    """Answers the query on standard input from the store named, as ``Result.dump``; errors go to standard error."""
    try:
        result = Store.open(sys.argv[1]).query(sys.stdin.buffer.read().decode())
    except KgError as error:
        print(str(error).removeprefix("query: "), file=sys.stderr)
        return error.exit_code
    sys.stdout.buffer.write(result.dump())
    return 0


if __name__ == "__main__":
    sys.exit(main())
