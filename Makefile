# `make demo` and `make test` set everything up by themselves; nothing else needs to be run first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/runs
READY := $(VENV)/ready
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -q -n 4 --dist worksteal  # without the bytecode of tests it takes a minute more
SLUG ?=
UPDATE ?=
SAMPLE ?=
SEEDS ?=
JOBS ?=
LINES ?=

.PHONY: demo test lint quick test-slow test-all bank seeds mutants explained bench chapter clean

demo: $(RUNS)           ## grade the example submission
	@$(BIN)/grade submit --no-history examples/my_conv.py; code=$$?; [ $$code -le 1 ] || exit $$code

test: $(READY)          ## lint, types, tests, side by side
	+$(MAKE) --no-print-directory -j 2 lint quick

lint: $(READY)          ## what reads the source: ruff, mypy, the contracts of imports
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

quick: $(READY)         ## the tests without the slow ones
	$(PYTEST) -m "not slow"

test-slow: $(READY)     ## the slow tests, of the large families a sample: `make test` and this are what CI runs
	$(PYTEST) -m slow $(PYTEST_ARGS)

test-all: $(READY)      ## every test with every parameter and many seeds: hours
	$(PYTEST) --thorough $(PYTEST_ARGS)

bank: $(READY)          ## every right and wrong file, graded: make bank SLUG=conv; UPDATE=1 writes docs/inside/bank.md
	$(BIN)/python -m grader.author.bank $(if $(UPDATE),--update) $(SLUG)

seeds: $(READY)         ## every right file with many seeds: make seeds SLUG=conv SEEDS=100
	$(BIN)/python -m grader.author.seeds $(if $(SEEDS),--seeds $(SEEDS)) $(if $(JOBS),--jobs $(JOBS)) $(SLUG)

mutants: $(READY)       ## one-edit mutants of every right file: make mutants SLUG=conv SAMPLE=200; UPDATE=1 writes docs/inside/mutants.md
	$(BIN)/python -m grader.author.mutants $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(UPDATE),--update) $(SLUG)

explained: $(READY)     ## what is said of mutants, and whether it holds: make explained SLUG=conv SAMPLE=20 LINES=5; UPDATE=1 writes docs/inside/feedback.md
	$(BIN)/python -m grader.author.explained $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(LINES),--lines $(LINES)) $(if $(UPDATE),--update) $(SLUG)

chapter: $(READY)       ## the course chapter's numeric items, computed by the generators
	@$(BIN)/python -m generators.chapter

bench: $(READY)         ## whole-process times and batches against the bare floor
	$(BIN)/python benchmarks/submit.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python benchmarks/questions.py
	$(BIN)/python benchmarks/batch.py --count 100

$(RUNS): pyproject.toml constraints.txt    ## what NumPy exercises and questions need: no torch, nothing for development
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $(RUNS)

$(READY): $(RUNS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m compileall -q grader exercises solutions generators  # also where Python itself is told not to
	@touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
