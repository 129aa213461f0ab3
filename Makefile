# Every target makes what it needs: .venv with the tested versions and, for the tests, the system packages.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test check lint-code soak golden pages pictures bench clean system-packages

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
FRAME := setup.cfg pyproject.toml constraints.txt
RUNTIME := .venv/runtime.stamp
DEV := .venv/dev.stamp
# Each LibreOffice of the tests has a user profile of its own, so that the workers do not meet.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) ## the whole round on the national data shipped; says where to look
	@$(BIN)/workbook-gen demo --workspace output/demo

test: system-packages $(DEV) ## every test but the long ones (formatting, lint and types are among them)
	@$(PYTEST)

check: system-packages lint-code ## formatting, lint and types first, then the tests
	@$(PYTEST) --ignore tests/test_style.py

lint-code: $(DEV) ## formatting, lint and types alone
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

soak: system-packages $(DEV) ## the long tests
	@SOAK=1 $(PYTEST) -m soak

golden: $(DEV) ## rewrite tests/golden/*.txt from today's workbooks; read the difference before you commit it
	@$(BIN)/python -m pytest tests/golden --rewrite-golden

pages: $(RUNTIME) ## rewrite docs/rules.md and docs/guidance.md from the definition
	@$(BIN)/workbook-gen explain --pages docs

pictures: system-packages $(RUNTIME) ## rewrite the pictures of README from LibreOffice
	@scripts/make_pictures.sh

bench: system-packages $(DEV) ## measure everything in benchmarks/ and write docs/PERFORMANCE.md; ONLY="issuing reading" some
	@$(BIN)/python -m benchmarks.run $(ONLY)

clean: ## remove .venv and caches; leaves output/, where the register and the seal's key are
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find benchmarks tests workbook_gen -name __pycache__ -prune -exec rm -rf {} +

system-packages:
	@scripts/install_system_packages.sh

$(BIN)/python:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/install_system_packages.sh python3-venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python 3.11 or later with venv is needed (Debian: python3-venv)." >&2; exit 1; }

$(RUNTIME): $(BIN)/python $(FRAME)
	@echo "Installing workbook-gen into .venv"
	@$(PIP) --editable .
	@touch $@

$(DEV): $(BIN)/python $(FRAME)
	@echo "Installing workbook-gen and its tools into .venv"
	@$(PIP) --editable '.[dev,rich]'
	@$(PIP) --no-deps cml-schemas # it asks for Spark, which its schemas for pandas do without
	@touch $(RUNTIME) $@
