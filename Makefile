# Every command of the project. Each sets up first what it needs; what is done already is skipped.

ifeq ($(OS),Windows_NT)
PYTHON := .venv/Scripts/python.exe
else
PYTHON := .venv/bin/python
endif
HANDBOOK := $(PYTHON) -m build_scripts.cli
SETUP := sh build_scripts/setup/start.sh

# More for pytest, for `handbook serve` or for what is mutated, such as: make test PYTEST="-k deadlines -x"
PYTEST ?=
SERVE ?=
MUTATE ?=

# What is measured, such as: make bench BENCH="bytes boot --runs 5". Unless named, everything.
BENCH ?=
# Which engines: make test-engines ENGINES="chromium firefox". Unless named, all of them.
ENGINES ?=

# Seconds, and which doors: make fuzz FUZZ="60 door links".
FUZZ ?= 600

# The site builder's notice about its own future says nothing about this site.
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1

# Tests of one file stay together, because they share what is slow to make.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup serve site pdf bundle test test-all test-engines bench fuzz check mutate mutate-engine screenshots icons format lock clean clean-all

help: ## Show this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z-]*\):[^#]*## /  \1#/p' $(MAKEFILE_LIST) | awk -F'#' '{ printf "%-14s %s\n", $$1, $$2 }'

setup: ## Set up .venv, node_modules and a Chromium for the tests
	@$(SETUP)

serve: ## Build the site and serve it on http://127.0.0.1:8000
	@$(SETUP) --browser no
	@$(HANDBOOK) build
	@$(HANDBOOK) serve $(SERVE)

site: ## Build the site into site/
	@$(SETUP) --browser no
	@$(HANDBOOK) build

pdf: ## Build the site, and print the whole handbook as one PDF that the site offers
	@$(SETUP) --browser needed
	@$(HANDBOOK) build
	@$(HANDBOOK) pdf

bundle: ## Build the site, and make a folder and a zip of it that need no server
	@$(SETUP) --browser no
	@$(HANDBOOK) build
	@$(HANDBOOK) bundle

test: ## Run every test, the browser's included
	@$(SETUP) --browser needed
	@$(HANDBOOK) build
	@echo "Running the tests"
	@HANDBOOK_TEST_SITE=site $(PYTHON) -m pytest $(PARALLEL) -m "not long" $(PYTEST)

test-all: ## Run also the tests that take many minutes
	@$(SETUP) --browser needed
	@$(HANDBOOK) build
	@echo "Running all tests, the long ones too"
	@HANDBOOK_TEST_SITE=site $(PYTHON) -m pytest $(PARALLEL) $(PYTEST)

test-engines: ## Try the site in Chromium, Firefox and WebKitGTK (several minutes)
	@$(SETUP) --browser wanted
	@$(HANDBOOK) build
	@$(PYTHON) -m tests.engines $(ENGINES)

bench: ## Measure bytes, starts, answers and builds side by side, and write BENCHMARKS.md (half an hour, on a machine that does nothing else)
	@$(SETUP) --browser needed
	@$(HANDBOOK) build
	@$(PYTHON) -m tests.benchmarks $(BENCH)

fuzz: ## Put hostile input through every door for ten minutes, or FUZZ=seconds
	@$(SETUP) --browser no
	@$(PYTHON) -m tests.property.fuzz $(FUZZ)

check: ## Check the rules, the prose, the built site and the code's style
	@$(SETUP) --browser no
	@$(HANDBOOK) build
	@$(HANDBOOK) check
	@$(PYTHON) -m ruff check .

mutate: ## Change the rules in small ways and see which changes the cases notice (a few minutes)
	@$(SETUP) --browser no
	@$(HANDBOOK) mutate $(MUTATE)

mutate-engine: ## Change the engine in small ways and see which changes the quick tests notice (takes long)
	@$(SETUP) --browser no
	@$(PYTHON) -m build_scripts.prove.engine_mutation $(MUTATE)

screenshots: ## Take the pictures of the README from the built site
	@$(SETUP) --browser needed
	@$(PYTHON) -m build_scripts.site.screenshots

icons: ## Draw the icons for home screens from docs/assets/figures/icon.svg
	@$(SETUP) --browser needed
	@$(PYTHON) -m build_scripts.site.icons

format: ## Put the Python code in its usual form
	@$(SETUP) --browser no
	@$(PYTHON) -m ruff check --fix .

lock: ## Choose package versions anew from requirements/*.in and package.json
	@$(SETUP) --browser no
	@$(PYTHON) -m build_scripts.setup.relock

clean: ## Remove what builds and tests left behind
	rm -rf site bundle docs/_generated build dist .cache .pytest_cache .ruff_cache .hypothesis mutants .mutmut-cache test-results htmlcov .coverage
	find . -name __pycache__ -type d -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

clean-all: clean ## Remove also what set-up installed
	rm -rf .venv node_modules .setup *.egg-info
