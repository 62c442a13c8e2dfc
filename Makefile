# Everything runs in .venv, which `make setup` makes. Needs GNU make and Python 3.11 or later with venv and pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SERVE_OPTIONS ?=
PYTEST_OPTIONS ?=

# Benchmarks that can be run by themselves; a leading underscore marks what they share.
BENCHMARKS := $(sort $(filter-out _%,$(patsubst benchmarks/%.py,%,$(wildcard benchmarks/*.py))))

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_WARN_SCRIPT_LOCATION := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help setup serve test lint bench constraints clean

help: ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 - \2/p' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv with the project and its tools

# The stamp is written last: an interrupted set-up is done again.
$(INSTALLED): setup.cfg pyproject.toml constraints.txt
	@echo "setup: virtual environment in $(VENV)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "setup: installing what setup.cfg names, versions as in constraints.txt (a minute or two)"
	@$(BIN)/python -m pip install --quiet --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
	@echo "setup: done"

serve: $(INSTALLED) ## Serve the published campaign; the sample city if there is none
	@$(BIN)/geo-service campaign >/dev/null 2>&1 || { \
		echo "serve: no campaign is published yet: making the sample city"; $(BIN)/geo-service sample; }
	@exec $(BIN)/geo-service serve $(SERVE_OPTIONS)

test: $(INSTALLED) ## Run the tests
	@$(BIN)/python -m pytest -q $(PYTEST_OPTIONS)

lint: $(INSTALLED) ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(INSTALLED) ## Run all benchmarks, one after the other
	@for name in $(BENCHMARKS); do \
		echo "bench: $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

constraints: ## Renew constraints.txt from the newest versions that setup.cfg allows
	@rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	@build/constraints/bin/python -m pip install --quiet --quiet --editable '.[dev]'
	@{ echo "# Versions that the project is tested with. Renew with: make constraints"; \
		build/constraints/bin/python -m pip freeze --exclude-editable; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt
	@rm -rf build/constraints

clean: ## Remove what was built; campaigns in the store stay
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
