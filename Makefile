# Two commands set everything up: `make demo` opens a sample article, `make test` runs every check.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What reading needs is installed; and what developing needs.
READING := $(VENV)/.reading
READY := $(VENV)/.ready

.PHONY: demo test lint types contracts themes unit hostile endurance fuzz audit weights coverage bench bench-neighbours screenshots manual docs wheel clean

demo: $(READING)
	@$(BIN)/onrecord sample_articles/harbour-wire.txt

test: lint types contracts themes unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

themes: $(READY)
	$(BIN)/onrecord themes check

unit: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

hostile: $(READY)    # hostile inputs at full size; whoever writes to the library, killed two hundred times at each thing
	ONRECORD_HOSTILE=full $(BIN)/pytest -q tests/hostile
	ONRECORD_HOSTILE=full $(BIN)/pytest -q -m hypothesis --ignore=tests/hostile
	ONRECORD_KILLS=200 $(BIN)/pytest -q tests/library/test_kills.py
	ONRECORD_OPERATIONS=10000 $(BIN)/pytest -q tests/library/test_operations.py

endurance: $(READY)    # 10,000 random actions over 200 articles, a worker that reads 10,000
	ONRECORD_ENDURANCE=full $(BIN)/pytest -q -s tests/hostile/test_endurance.py

FUZZ_RUNS ?= 200000
fuzz: $(READY)    # coverage-guided, each property for as many runs
	$(PIP) '.[fuzz]'
	for name in safety quotations feeds text page; do \
	    $(BIN)/python -m tests.hostile.fuzzing $$name -runs=$(FUZZ_RUNS) -max_len=800 || exit 1; done

audit:    # known weaknesses of what is installed; asks the package index, so it needs a network
	@$(PYTHON) -m venv .audit && .audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit . \
	    || { echo "make audit needs a network: nothing was checked" >&2; exit 1; }
	.audit/bin/python -m pip freeze --exclude onrecord > .audit/installed.txt
	.audit/bin/pip-audit --strict --disable-pip --no-deps -r .audit/installed.txt

weights: $(READY)    # after training: the hashes that are compared when weights are loaded
	cd reader/language && find . -type f \( -path './model/*' -o -name '*.npz' \) | sed 's,^\./,,' \
	    | LC_ALL=C sort | xargs sha256sum > SHA256SUMS

coverage: $(READY)
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term-missing

bench: $(READY)    # everything, or make bench ONLY="keys speed" SETS="a.jsonl b.jsonl"
	$(BIN)/python -m benchmarks.bench $(ONLY) $(if $(SETS),--sets $(SETS))
	$(BIN)/python -m benchmarks.tables

bench-neighbours:    # what On Record is measured against, in an environment of its own
	$(PYTHON) -m venv .neighbours
	.neighbours/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/neighbours.txt

screenshots: $(READY)
	$(BIN)/python docs/screenshots.py

manual: $(READY)
	rm -rf docs/man
	$(BIN)/python docs/manual.py

docs: $(READING)    # every link between pages is checked
	$(PIP) '.[docs]'
	$(BIN)/sphinx-build --quiet --fail-on-warning --nitpicky --builder html docs build/docs
	@echo "build/docs/index.html"

wheel: $(READY)
	$(BIN)/python -m build --wheel

# Not all is compiled at once: a third of the time, for modules most of which are never imported.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --editable

$(READING): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "On Record needs Python 3.11 or later: make PYTHON=python3.12 demo" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up in $(VENV): a minute the first time" >&2
	@$(PIP) .
	@$(BIN)/python -m compileall -q reader    # or the first start would pay for it
	@touch $@

$(READY): $(READING)
	@$(PIP) '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .audit dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
