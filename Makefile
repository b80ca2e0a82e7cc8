# Everything a person types. `make help` lists it.

HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= var/demo
LAN_PORT ?= 8443
SCALED ?= var/scaled
WEBS ?= 2
WORKERS ?= 2

# Where it is forbidden to keep compiled Python, each start of a server compiles a thousand files anew: seconds each.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
PYTHON_HERE := $(BIN)/python
PIP := $(PYTHON_HERE) -m pip --disable-pip-version-check
PYTEST := $(PYTHON_HERE) -m pytest
SOURCES := backend mobile_api notifications infra tests

# Stamps: what is older than its lock is installed again, what is not costs nothing.
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
PAGES_READY := mobile_api/pwa/built/index.html
PAGE_SOURCES := $(shell find mobile_api/pwa backend/console/web mobile_api/anonymous/page/sealing backend/web/browser -type f -not -path '*/built*') infra/deploy/pages.mjs \
	infra/deploy/build_pages.sh package-lock.json

# $(call part,NAMES): those of the test folders that hold tests. Two workers share the first list; the second has the
# machine to itself, because it measures, kills and waits.
part = $(strip $(foreach name,$(1),$(if $(shell find tests/$(name) -name 'test_*.py' 2>/dev/null),tests/$(name))))
TOGETHER = $(call part,unit walls journeys contract)
ALONE = $(call part,both_forms faults browser)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run run-scaled pages drill drill-scaled install test check lint bench broadcast-run console-run soak api-fuzz faults screenshots lock clean test-needs pages-if-possible

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) pages-if-possible ## everything on http://127.0.0.1:8080 with the demo campus (PORT=, DATA=; LAN=1: https for phones)
	@exec $(BIN)/bluelight run --demo --data "$(DATA)" --host "$(HOST)" --port "$(PORT)" $(if $(LAN),--lan --lan-port "$(LAN_PORT)")

run-scaled: $(RUN_READY) pages-if-possible ## the scaled form on this machine: PostgreSQL, Redis, nginx, WEBS=2, WORKERS=2 (PORT=, SCALED=; KILL=5: one dies every 5 s)
	@exec $(PYTHON_HERE) -m infra.scaled --data "$(SCALED)" --host "$(HOST)" --port "$(PORT)" --webs $(WEBS) --workers $(WORKERS) $(if $(KILL),--kill-every $(KILL))

pages: $(PAGES_READY) ## the phone (/app) and the console (/console), from their TypeScript

drill: $(RUN_READY) ## a played day beside `make run`: a table, and var/drill.json (DRILL="--students 200 --minutes 5")
	@$(BIN)/bluelight --data "$(DATA)" drill --url "http://$(HOST):$(PORT)" $(DRILL)

drill-scaled: $(RUN_READY) ## the same beside `make run-scaled`, best while it kills (KILL=5)
	@set -a; . "$(abspath $(SCALED))/environment"; exec $(BIN)/bluelight drill --url "http://$(HOST):$(PORT)" $(DRILL)

install: $(RUN_READY) ## only the environment: afterwards .venv/bin/bluelight works

test: $(DEV_READY) test-needs pages ## all tests, on SQLite and on PostgreSQL
	$(PYTEST) -n 2 -m "not bench and not long" $(TOGETHER)
	$(if $(ALONE),$(PYTEST) -m "not bench and not long" $(ALONE))

check: lint ## format, lint, types, arrows, walls and unit tests: under a minute
	$(PYTEST) -q -n 2 $(call part,walls unit)

lint: $(DEV_READY) $(PAGES_READY) ## the part of it that runs nothing
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@sh infra/deploy/build_pages.sh check

bench: $(DEV_READY) ## benchmarks beside the peers: a table, and var/bench.json
	$(PYTHON_HERE) -m tests.bench

broadcast-run: $(DEV_READY) ## 20,000 people warned, a kill -9 in the middle, taps beside it: a table, and var/broadcast-run.json
	$(PYTHON_HERE) -m tests.bench.broadcast_run $(RUN)

console-run: $(DEV_READY) $(PAGES_READY) ## 500 cases and 200 officers who move, the map off and on: a table, and var/console-run.json
	$(PYTHON_HERE) -m tests.bench.console_run $(RUN)

soak: $(DEV_READY) ## an ordinary day on the real server, MINUTES=30 of it: memory, descriptors, waits; a table, and var/soak.json
	$(PYTHON_HERE) -m tests.bench.soak --minutes $(or $(MINUTES),30)

api-fuzz: $(DEV_READY) test-needs ## every door as every role by schemathesis, about an hour (EXAMPLES=12, SEED=7, ROLE=)
	BLUELIGHT_TEST_FUZZ_EXAMPLES=$(or $(EXAMPLES),12) BLUELIGHT_TEST_FUZZ_SEED=$(or $(SEED),7) \
		$(PYTEST) -m long tests/journeys/test_fuzzed_doors.py $(if $(ROLE),-k "$(ROLE)")

faults: $(DEV_READY) test-needs ## every fault, bounded to 20 minutes: a table, and var/faults.json (RUN="--seed 7 --only kill")
	$(PYTHON_HERE) -m tests.faults.run $(RUN)

screenshots: $(DEV_READY) test-needs pages ## every page, light and dark, small and large, into var/screenshots (BEST=1: the README's anew)
	$(PYTHON_HERE) -m tests.browser.screenshots $(if $(BEST),--best) $(SCENES)

lock: $(DEV_READY) ## the lock files again from pyproject.toml (UPGRADE=1 for newer versions)
	$(call compile,requirements.lock pyproject.toml --group build)
	$(call compile,requirements-dev.lock pyproject.toml --group build --extra dev --constraint requirements.lock)
	$(call compile,requirements-pages.lock --group pages)

# $(call compile,FILE OPTIONS): one lock for Linux and macOS, Python 3.11 and later, that names no host and no path.
compile = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	$(if $(UPGRADE),--upgrade) --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	--output-file $(1)

clean: ## away with the environment and every cache; var/ stays
	rm -rf $(VENV) node_modules mobile_api/pwa/built backend/console/web/built mobile_api/anonymous/page/built tests/pages/built dist .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

test-needs:
	@sh infra/deploy/test_needs.sh

# A machine without a way to npm serves everything else: /app then says that it is not built.
pages-if-possible: $(RUN_READY)
	@$(MAKE) --no-print-directory pages || echo "The pages could not be built: /app and /console will say so. Everything else is served."

$(PAGES_READY): $(PAGE_SOURCES) | $(RUN_READY)
	@sh infra/deploy/build_pages.sh

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(RUN_READY): requirements.lock pyproject.toml | $(PYTHON_HERE)
	@echo "Installing what requirements.lock names into $(VENV): once, about a minute."
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON_HERE) -m ensurepip
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(PYTHON_HERE):
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "Bluelight needs Python 3.11 or later with its venv module (Debian: apt-get install python3.11-venv)." >&2; exit 1
