# Every target does what it needs first; `make` alone lists them.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
# Where the machine forbids bytecode, each of the tests' processes would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
INSTALL := $(PIP) install --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate

# A mark carries the digest of what was installed, so that nothing is installed twice.
RUN_FILES := requirements/run.txt requirements/build.txt pyproject.toml
DEV_FILES := requirements/dev.txt pyproject.toml
RUN := .venv/run-$(shell cat $(RUN_FILES) | sha256sum | cut -c1-16)
DEV := .venv/dev-$(shell cat $(DEV_FILES) | sha256sum | cut -c1-16)

.PHONY: help demo test lint bench soak setup requirements clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1|\2/' | column -t -s '|'

demo: $(if $(wildcard $(DEV)),$(DEV),$(RUN)) ## a simulated region, the main job through it, and the site at http://127.0.0.1:8000
	@$(BIN)/palermo demo $(ARGS)

test: $(DEV) ## all tests on the embedded PostgreSQL (ARGS='tests/web -k …' for some)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

lint: $(DEV) ## style, types, floor plan, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src/palermo
	$(BIN)/lint-imports
	@if [ -n "$$(find src -path '*/templates/*.html' -print -quit)" ]; then \
		echo $(BIN)/djlint --check --lint src; $(BIN)/djlint --check src >/dev/null || { $(BIN)/djlint --check src; exit 1; }; $(BIN)/djlint --quiet --lint src; fi

bench: $(DEV) ## measurements, one after the other (benchmarks/*.py)
	@set -e; for script in $$(find benchmarks -maxdepth 1 -name '*.py' ! -name '_*' ! -name 'soak_*' | sort); do \
		echo "== $$script"; $(BIN)/python $$script $(ARGS); done

soak: $(DEV) ## long proofs, of which the tests take a sample (benchmarks/soak_*.py)
	@set -e; for script in $$(find benchmarks -maxdepth 1 -name 'soak_*.py' | sort); do \
		echo "== $$script"; $(BIN)/python $$script $(ARGS); done

setup: $(DEV) ## everything for development in .venv

requirements: $(DEV) ## compile requirements/*.txt anew from pyproject.toml, with hashes
	$(COMPILE) --extra dev pyproject.toml --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/run.txt
	printf 'hatchling\neditables\n' | $(COMPILE) - --constraint requirements/dev.txt --output-file requirements/build.txt

clean: ## stop the tests' server and remove what can be made again; the demonstration's data stay
	-@[ ! -x $(BIN)/palermo ] || $(BIN)/python -m palermo.web.database.end --tests .
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist staticfiles
	find src tests -name __pycache__ -prune -exec rm -rf {} +

$(RUN):
	@$(MAKE) .venv/ready
	@echo "Installing what Palermo runs on (about a minute)" >&2
	@$(INSTALL) -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f .venv/run-* && touch $@

$(DEV):
	@$(MAKE) .venv/ready
	@echo "Installing what Palermo is built and tested with (about two minutes)" >&2
	@$(INSTALL) -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f .venv/dev-* && touch $@

.PHONY: .venv/ready
.venv/ready:
	@test -n "$(PYTHON)" || { echo "Palermo needs Python 3.11 or newer; on Debian 12: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Palermo needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) --version); name another with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv; on Debian 12: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf .venv && $(PYTHON) -m venv .venv; }
