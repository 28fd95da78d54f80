# Everything a user or a contributor types. Needs make and Python 3.11 or later; see README.md and CONTRIBUTING.md.
#
#   make graph    the graph of the sample pages, its checks and its picture, in build/
#   make test     all tests
#   make help     the other targets

VENV   ?= .venv
BIN    := $(VENV)/bin
STORE  := build/store
SCORER := $(firstword $(wildcard ../shared/gold/score.py) tests/gold/score.py)
GOLD   := $(firstword $(wildcard ../shared/gold) tests/gold/public)
ARGS   ?=

.DEFAULT_GOAL := graph
.PHONY: graph test score record lint format bench docs pictures clean help env env-test

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

env:
	@sh tools/environment.sh $(VENV)

env-test: env
	@sh tools/environment.sh $(VENV) test

graph: env  ## build the graph of seeds/ into build/, check it, write the explorer page
	@mkdir -p build
	$(BIN)/kg build seeds --store $(STORE)
	$(BIN)/kg check --store $(STORE)
	$(BIN)/kg view --store $(STORE) --output build/explorer.html
	@printf '%s\n' '' 'What to try next:' \
	  '  open build/explorer.html in a browser' \
	  '  $(BIN)/kg query --list' \
	  '  $(BIN)/kg query posts --store $(STORE)' \
	  '  $(BIN)/kg show 陈红民 --store $(STORE)' \
	  '  $(BIN)/kg explain 7月1日，二七区委书记陈红民带队到淮河路街道调研。' \
	  '  $(BIN)/kg build YOUR-PAGES --store build/mine'

test: env-test  ## all tests (ARGS="-k query" for some)
	$(BIN)/python -m pytest $(ARGS)

score: env  ## how well the graph agrees with human readers, per fact type
	@mkdir -p build
	@PATH="$(CURDIR)/$(BIN):$$PATH"; export PATH; set -e; \
	kg build seeds --store $(STORE) --quiet; \
	echo '== the three public pages'; \
	python $(SCORER) --store $(STORE) --gold $(GOLD) --seeds seeds $(ARGS); \
	for set in dev dev2 unseen portal sealed; do \
	  [ -d tests/gold/$$set/pages ] || continue; \
	  kg build tests/gold/$$set/pages --store build/store-$$set --quiet; \
	  echo; echo "== tests/gold/$$set: pages of other provinces"; \
	  python $(SCORER) --store build/store-$$set --gold tests/gold/$$set/gold --seeds tests/gold/$$set/pages $(ARGS); \
	done

record: env-test  ## raise the recorded figures of tests/gold/recorded.json to what is reached now
	$(BIN)/python tests/test_score.py

lint: env-test  ## ruff, and mypy --strict on kg/
	@status=0; $(BIN)/ruff check . || status=1; $(BIN)/mypy --strict kg/ || status=1; exit $$status

format: env-test  ## lay out the code as ruff does
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: env-test  ## what reading costs, measured against jieba.cut on the same text
	$(BIN)/python benchmarks/reading.py $(ARGS)

docs: env-test  ## write docs/cli.md, docs/ontology.*, docs/queries.md and the answers in README.md anew
	$(BIN)/python tools/make_ontology.py
	$(BIN)/python tests/test_queries.py
	$(BIN)/python tests/test_docs.py

pictures: env-test  ## make the pictures of README.md anew (a Chromium is needed)
	$(BIN)/python tools/make_pictures.py

clean:  ## remove what was built (the environment stays)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
