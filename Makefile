# Everything a developer or an operator types. `make help` lists it; CI calls nothing else.
# Every target honours the settings given in the environment (docs/settings.md).
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
T ?= tests
NAME ?= queue
PLANS := $(CURDIR)/.plans
# One more than the cores of CI: there is always one that waits for a database or a process.
SHARED := -n 3 --dist worksteal -q
# Half of the time of these passes in processes that they wait for.
WAITING := -n 4 --dist worksteal -q

QUICK := not e2e and not plans and not processes and not long and not no_cover

# CI sets MEASURE: then `make test` is what `make cover` measures, and `make cover` runs what is left.
MEASURED := PLANS_DIR=$(PLANS) $(BIN)/pytest tests -m "$(QUICK)" $(SHARED) --cov --cov-report= --durations=40

# Tests start many processes of ours; where this is set, each of them compiles the product anew.
export PYTHONDONTWRITEBYTECODE =

# Later gates read what earlier ones wrote.
.NOTPARALLEL:

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{sub(/:.*/, "", $$1); printf "  make %-9s %s\n", $$1, $$2}'

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@said=$$($(BIN)/python -m pip check --disable-pip-version-check) || { echo "$$said"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

.PHONY: setup
setup: $(VENV)/.installed ## Create .venv with everything locked under requirements/

.PHONY: run
run: setup ## Show the whole product at http://127.0.0.1:8000 (or PORT) with demo data
	TRUSTOPS_DEMO=$${TRUSTOPS_DEMO:-1} exec $(BIN)/trustops demo

.PHONY: test
test: setup ## Run the tests that are quick, on SQLite (T=path for all of some)
	$(if $(MEASURE),rm -rf $(PLANS) && $(BIN)/coverage erase)
	$(if $(MEASURE),$(MEASURED),$(BIN)/pytest $(T) -m "$(if $(filter tests,$(T)),$(QUICK),not e2e and not plans)" $(SHARED))

.PHONY: cover
cover: setup ## Run all tests but those of the browser, the quick ones with branch coverage and its floors
	$(if $(MEASURE),,rm -rf $(PLANS) && $(BIN)/coverage erase && $(MEASURED))
	$(BIN)/coverage report --include='trustops/sla/*,trustops/guard/*,trustops/*/rules.py' --fail-under=100
	$(BIN)/coverage report --fail-under=93
	PLANS_DIR=$(PLANS) $(BIN)/pytest tests -m "not e2e and not plans and (processes or long or no_cover)" $(WAITING) --durations=40

.PHONY: plans
plans: setup ## Ask every statement that `make cover` saw on 100,000 rows of both databases
	PLANS_DIR=$(PLANS) $(BIN)/pytest tests/plans -m plans -q

.PHONY: e2e
e2e: setup ## Run the tests that need Chromium, nginx, wrk or npm
	npm ci --prefix tests/e2e --ignore-scripts --no-audit --no-fund --silent
	npm ci --prefix tests/e2e/statuspage --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/pytest tests -m e2e -q -n 2 --dist loadfile --durations=20

.PHONY: format
format: setup ## Format code and templates
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint trustops --reformat --quiet

.PHONY: lint
lint: setup ## Style, templates, dependencies, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint trustops --check --lint --quiet
	$(BIN)/deptry .
	$(BIN)/codespell

.PHONY: types
types: setup ## mypy, strict
	$(BIN)/mypy

.PHONY: layers
layers: setup ## The rooms and who may import whom
	$(BIN)/lint-imports

.PHONY: content
content: setup ## Check the content files
	$(BIN)/trustops content check

.PHONY: check
check: lint types layers content cover plans ## Every gate but the browser: what CI runs beside the tests

.PHONY: migration
migration: setup ## Write the next migration from the models (M="what it does")
	$(BIN)/python -m trustops.cli.migration "$(M)"

.PHONY: bench
bench: setup ## Measure one path as ratios (NAME=queue, docs/testing.md)
	$(BIN)/python -m tests.bench $(NAME) --size 1000 --db sqlite --json

.PHONY: lock
lock: ## Renew requirements/ from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements/core.txt
	uv pip compile pyproject.toml --group dev --extra demo --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements/dev.txt

.PHONY: clean
clean: ## Remove what the tools made; instance/ stays
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.* .plans
