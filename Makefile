# make app    sets everything up, prints the flagship answer, serves the browser front end
# make test   sets everything up and runs every test
# All of it goes into .venv: the system's Python is only asked to make that.

VENV   ?= .venv
PIP    := $(VENV)/bin/python -m pip --disable-pip-version-check
PINNED := install --quiet --no-compile --require-hashes --requirement
LOCK   := $(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
          --generate-hashes --custom-compile-command "make lock"

# The first interpreter that is new enough and can make an environment; PYTHON=... overrides.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
          $$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
          && echo $$python && break; done)

# A user-wide pip setting must not send packages elsewhere than into .venv.
export PIP_USER := 0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help app test setup-app setup-test pictures lock clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

app: setup-app
	$(VENV)/bin/counterplay solve korea-ukraine
	$(VENV)/bin/counterplay app $(if $(PORT),--port $(PORT))

test: setup-test
	$(VENV)/bin/python -m pytest

setup-app: $(VENV)/.ready-app
setup-test: $(VENV)/.ready-test

# Editable, so that only new pins or new metadata ask for another installation.
$(VENV)/.ready-app: requirements.txt pyproject.toml | $(VENV)/.made
	$(PIP) $(PINNED) requirements.txt
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.ready-test: requirements-test.txt pyproject.toml | $(VENV)/.made
	$(PIP) $(PINNED) requirements-test.txt
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Counterplay needs Python 3.11 or newer with its venv module" \
	    "(Debian and Ubuntu: apt install python3-venv); name one with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# make pictures   takes the pictures of every page into docs/pictures (needs Chromium)
pictures: setup-test
	$(VENV)/bin/python docs/pictures/take.py

# make lock   renews both files of pins
lock: | $(VENV)/.made
	$(PIP) install --quiet uv
	$(LOCK) --upgrade --all-extras --output-file requirements-test.txt
	$(LOCK) --no-annotate --extra app --extra report --extra store --constraints requirements-test.txt --output-file requirements.txt

# make clean  removes the environment and what tools leave behind
clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
