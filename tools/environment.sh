#!/bin/sh
# Makes the private environment that the Makefile works in, and brings it up to date. Needs a POSIX shell and
# Python 3.11 or later, nothing else; talks to the network only when pyproject.toml or constraints.txt changed.
#
#   tools/environment.sh DIR            what `kg` needs
#   tools/environment.sh DIR test       what the tests, ruff and mypy need besides
#   PYTHON=/path/to/python3.12 tools/environment.sh DIR   with a Python of your choice
set -eu

venv=$1
want=${2:-base}
stamp=$venv/.zhengkg-$want

say() { printf '%s\n' "$*"; }
fail() { printf 'make: %s\n' "$*" >&2; exit 2; }

# what is installed already, written into the stamp: a copy of what it was installed from
current() { cat pyproject.toml constraints.txt; }

if [ -f "$stamp" ] && current | cmp -s - "$stamp" && "$venv/bin/python" -I -c 'import kg' 2>/dev/null; then
  exit 0
fi

new_enough() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! { [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }; then
  chosen=
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then chosen=$candidate; break; fi
  done
  if [ -z "$chosen" ]; then
    if [ -n "${PYTHON:-}" ]; then fail "PYTHON=$PYTHON is no Python 3.11 or later; name one that is"; fi
    found=$(python3 --version 2>/dev/null || echo "no python3")
    fail "Python 3.11 or later is needed, found: $found; install it (Debian, Ubuntu: apt install python3 python3-venv) or say make PYTHON=/path/to/python"
  fi
  say "making a private environment in $venv with $("$chosen" --version)"
  if ! "$chosen" -c 'import venv, ensurepip' 2>/dev/null; then
    fail "this Python cannot make environments; install the package python3-venv (Debian, Ubuntu: sudo apt install python3-venv)"
  fi
  "$chosen" -m venv --clear "$venv" || fail "the environment in $venv could not be made; see the lines above"
fi

what=.
[ "$want" = base ] || what=".[$want]"
say "installing zhengkg ($want) into $venv; this takes a minute the first time"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable "$what" ||
  fail "installation failed; the first time needs a connection to a package index (see the lines above)"
# a faster word cutter with the same cuts, where there is a build of it for this machine
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --constraint constraints.txt --only-binary :all: \
  rjieba >/dev/null 2>&1 || say "no build of rjieba for this machine: jieba cuts the words, more slowly"
if [ "$want" = test ]; then
  # followthemoney's own validator, in a folder of its own: what it asks for beside is older than ours
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --upgrade --target build/ftm \
    -r tests/followthemoney.txt >/dev/null 2>&1 || { rm -rf build/ftm; say "followthemoney is not to be had: its facts are tested alone"; }
fi
current >"$stamp"
