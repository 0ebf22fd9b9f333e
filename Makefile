# Everything people type. A fresh machine needs Python >= 3.11 with venv, make and a package index.
#   make PYTHON=python3.12 VENV=/somewhere/else check

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check install --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run check test bench faults sweep disk locks

help:
	@echo 'make run     set up, migrate, demo people, server; prints where and whom to sign in as'
	@echo 'make check   format, lint, types, contracts, unit tests, laws'
	@echo 'make test    everything, both engines, browser, a short sample of every bench and fault entry'
	@echo 'make setup   the environment in $(VENV)'
	@echo 'make bench | faults | sweep | disk   the long measurements; each ends with one line of JSON'
	@echo 'make locks   pin the dependencies of pyproject.toml again (needs uv)'

setup: $(VENV)/.setup
setup-test: $(VENV)/.setup-test

$(VENV)/.setup: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed: make PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.setup-test: requirements-test.lock $(VENV)/.setup
	@$(PIP) -r requirements-test.lock
	@touch $@

run: setup
	@APP_MODE=demo $(BIN)/flask --app wsgi run-demo

check test: setup-test
	@$(BIN)/python -m tests.support.gate $@

bench faults sweep disk: setup-test
	@$(BIN)/python -m tests.$@

# An existing lock keeps its pins; delete it first to take the newest.
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes
locks:
	@$(UV) $(LOCK) --custom-compile-command 'make locks' -o requirements.lock
	@$(UV) $(LOCK) --custom-compile-command 'make locks' --extra test -c requirements.lock -o requirements-test.lock
