# What a developer types. `make` alone explains. Needs GNU make 3.81 or later, a POSIX shell and Python 3.11 or later.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP_INSTALL := $(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes
UV_COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo-reset test check format pictures manifest setup-bench bench-match bench-scale bench-turn bench-growth bench-queue chaos soak chaos-delivery lock environment

help: ## Show what there is to do
	@echo "make run      tries the assistant in a browser; make test checks that everything works."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# Installs one of the pinned lists into the virtual environment, unless that very list is installed already.
define install
	@pinned=$$(cksum < requirements/$(1).txt); stamp=$(VENV)/.installed-$(1); \
	if [ "$$pinned" != "$$(cat $$stamp 2>/dev/null)" ]; then \
		echo "Installing the packages of requirements/$(1).txt (a few minutes the first time) ..."; \
		$(PIP_INSTALL) -r requirements/$(1).txt || { \
			echo "The packages could not be installed. Does this machine reach the internet?" \
				"Behind a proxy, set HTTPS_PROXY and try again." >&2; exit 1; }; \
		echo "$$pinned" > $$stamp; \
	fi
endef

environment:
	@$(PYTHON) -c '' 2>/dev/null && [ -x $(VENV)/bin/pip ] && exit 0; \
	for python in python3.13 python3.12 python3.11 python3.14 python3; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making a virtual environment in $(VENV) with $$($$python --version)."; \
		if $$python -c 'import ensurepip, venv' 2>/dev/null; then $$python -m venv --clear $(VENV) && exit 0; \
		elif $$python -m pip --version >/dev/null 2>&1; then \
			$$python -m venv --clear --without-pip $(VENV) && \
			$$python -m pip -qq --disable-pip-version-check --python $(PYTHON) install pip && exit 0; \
		fi; \
		echo "$$python cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2; \
		exit 1; \
	done; \
	echo "No Python 3.11 or later was found. Install it (see python.org) and try again." >&2; exit 1

setup: environment ## Make the virtual environment with what the bot needs
	$(call install,run)

setup-dev: setup ## The same, with what checking and testing need
	$(call install,dev)

run: setup ## Start the bot and a Teams-like chat in the browser, with sample data
	@$(PYTHON) app.py demo

demo-reset: setup ## Throw the demo's data away, so that the next make run starts over
	@$(PYTHON) -m bot.demo.reset

test: setup-dev ## Run every test: storage on SQLite and PostgreSQL, the chat in Chromium
	@$(PYTHON) -m pytest -n auto --dist loadfile

check: setup-dev ## Check style, types and which room may import which
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet . || { echo "Some files are not formatted: run make format." >&2; exit 1; }
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-logo

format: setup-dev ## Format the code and repair what ruff can repair
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .

pictures: setup-dev ## Make the pictures of the documentation anew, from the real chat
	@$(PYTHON) -m tests.e2e.pictures

manifest: setup ## Build the Teams app package from the settings
	@$(PYTHON) app.py manifest

setup-bench: setup-dev ## The same, with the engines that matching is measured against
	$(call install,bench)

bench-match: setup-bench ## Measure how well matching finds, beside its peers (DATA=folder of more sets)
	@$(PYTHON) -m benchmarks.match $(if $(DATA),--data "$(DATA)")

bench-scale: setup-bench ## Measure how matching grows from 1,000 to 1,000,000 documents, beside its peers
	@$(PYTHON) -m benchmarks.scale $(if $(DATA),--data "$(DATA)")

bench-turn: setup-bench ## Measure what a turn costs, beside echo bots on other engines (ARGS="--quick")
	@$(PYTHON) -m benchmarks.turn $(ARGS)

bench-growth: setup-bench ## Measure turns, lists and searches with up to 1,000,000 requests (ARGS="--quick")
	@$(PYTHON) -m benchmarks.years $(ARGS)

bench-queue: setup-bench ## Measure searches of a queue of 100,000 requests, with and without the index of words
	@$(PYTHON) -m benchmarks.queue $(ARGS)

chaos: setup-dev ## Count what is lost, doubled or stuck while everything breaks (ARGS="--kills 10 --only kill")
	@$(PYTHON) -m benchmarks.chaos $(ARGS)

soak: setup-bench ## An hour of mixed work: memory, answers and errors (ARGS="--minutes 10")
	@$(PYTHON) -m benchmarks.soak $(ARGS)

chaos-delivery: setup-dev ## Count what is lost, doubled or late while processes are killed (ARGS="--kills 5")
	@$(PYTHON) -m benchmarks.chaos_delivery $(ARGS)

lock: setup-dev ## Pin the newest versions that requirements/*.in allow
	@for list in run dev bench node; do \
		$(UV_COMPILE) --upgrade requirements/$$list.in --output-file requirements/$$list.txt || exit 1; \
	done
	@cd bot/demo && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
