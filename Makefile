# run · install · test · test-deep · check · bench · mutation. Everything else is `langnghe --help`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
CLASSIFIER := $(VENV)/share/langnghe/classifier.npz
READING := $(shell find triage vietnamese -name '*.py' -o -name '*.yaml' -o -name '*.jsonl' 2>/dev/null)

.PHONY: run install test test-deep check bench mutation clean

run: install
	@LANGNGHE_HOST=$(HOST) LANGNGHE_PORT=$(PORT) $(BIN)/langnghe demo

install: $(CLASSIFIER)

# The installation follows its lock: hashes checked, nothing newer slipped in.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "Installing libraries into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

# The classifier is built from the corpus, like any other product of sources.
$(CLASSIFIER): $(VENV)/installed $(READING)
	@echo "Training the classifier from the corpus ..."
	@$(BIN)/langnghe triage train --out $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(CLASSIFIER) $(VENV)/installed-dev
	@scripts/system-packages
	@$(MAKE) --no-print-directory check
	@mkdir -p var
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not deep" --junitxml=var/test-report.xml -q

test-deep: $(CLASSIFIER) $(VENV)/installed-dev
	@scripts/system-packages
	@mkdir -p var
	$(BIN)/python -m pytest -n 2 --dist load -m deep --junitxml=var/test-deep-report.xml -q

bench: $(CLASSIFIER) $(VENV)/installed-dev
	@mkdir -p var
	$(BIN)/python -m benchmarks.run

# Whether a mistake in the calendar, the clocks, the state machine or the gate would be noticed: some ten minutes.
mutation: $(VENV)/installed-dev
	$(BIN)/python scripts/mutate

clean:
	rm -rf $(VENV) var
