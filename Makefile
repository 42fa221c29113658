# Everything a person does with the project. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
TEMPLATES := $(wildcard cms pages search)

.PHONY: help env run test check format e2e services services-stop search-quality bench bench-search lock messages catalogs

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: .venv/.synced ## Make the Python environment in .venv, exactly as requirements-dev.lock says
	@:

.venv/.synced: requirements-dev.lock
	@infra/scripts/env.sh "$(PYTHON)"

run: ## Prepare the site and serve it on 127.0.0.1:$PORT (8000) until Ctrl-C
	@MAKE="$(MAKE)" infra/scripts/run.sh

test: env ## Run the tests, but for those in a browser
	$(BIN)/pytest -n auto

e2e: env ## Run the tests in a real browser (Chromium)
	@infra/scripts/packages.sh browser
	$(BIN)/pytest -m e2e

check: env catalogs ## Lint, format, types, layers, templates, migrations, catalogs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint $(TEMPLATES) --lint --quiet
	$(BIN)/djlint $(TEMPLATES) --check --quiet
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lintmigrations --settings=cms.settings.test --quiet ok ignore
	$(MANAGE) catalogs check
	$(BIN)/mypy

format: env ## Rewrite code and templates in the project's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	-$(BIN)/djlint $(TEMPLATES) --reformat --quiet

services: ## Start real PostgreSQL, Redis, Elasticsearch, Keycloak and Apertium on loopback
	@infra/services/start

services-stop: ## Stop them; their data stay
	@infra/services/stop

search-quality: env ## Measure how well the demo's search answers, on the engines that the environment names
	@infra/scripts/search-quality.sh

bench: env ## Measure the site under gunicorn on PostgreSQL (about 8 minutes)
	@infra/scripts/packages.sh bench postgres
	@$(BIN)/python -m infra.benchmarks.serve
	@$(BIN)/python -m infra.benchmarks.access
	@$(BIN)/python -m infra.benchmarks.translation
	@$(BIN)/python -m infra.benchmarks.memory
	@$(BIN)/python -m infra.benchmarks.coverage

bench-search: env ## Measure search: how well, how fast up to 100,000 pages, and in faults (about an hour)
	@infra/scripts/bench-search.sh

messages: env ## Put new and changed texts of the interface into the catalogs
	$(MANAGE) catalogs extract

catalogs: env ## Compile the catalogs
	$(MANAGE) catalogs compile

lock: env ## Look up newer versions and write both lock files anew
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --group dev \
		pyproject.toml --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
		pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock
