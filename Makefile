# Vernissage: `make run` opens the studio, `make test` proves it. Both do all the set-up they need.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
export PYTHON

# `make team` runs a team's whole set-up on this machine: PostgreSQL, Redis, two replicas and a proxy.

.PHONY: run team invite test check lint types arrows fix bench eval lock clean system system-test system-team install install-dev

run: install
	@packaging/setup/run.sh

team: system-team
	@packaging/setup/virtual_environment.sh dev
	@$(BIN)/python -m platform_service.local_team $(if $(FOLDER),--folder "$(FOLDER)") $(if $(PORT),--port $(PORT))

# `make invite ID=ada NAME=Ada ROLE=creator` prints a code for one more person of the set-up that `make team` runs.
invite:
	@$(BIN)/python -m platform_service.local_team $(if $(FOLDER),--folder "$(FOLDER)") --invite "$(ID)" --name "$(NAME)" $(if $(ROLE),--role "$(ROLE)")

test: install-dev
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: lint types arrows test

lint: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install-dev
	$(BIN)/mypy

arrows: install-dev
	$(BIN)/lint-imports

fix: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install-dev
	$(BIN)/python -m tests.load

eval: install-dev
	$(BIN)/python -m tests.eval

lock:
	packaging/setup/lock.sh

system:
	@packaging/setup/system_packages.sh packaging/setup/system-packages.txt

system-test:
	@packaging/setup/system_packages.sh packaging/setup/system-packages.txt packaging/setup/test-packages.txt

system-team:
	@packaging/setup/system_packages.sh packaging/setup/system-packages.txt packaging/setup/test-packages.txt

install: system
	@packaging/setup/virtual_environment.sh runtime

install-dev: system-test
	@packaging/setup/virtual_environment.sh dev

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
