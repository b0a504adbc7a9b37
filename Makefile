# Set-up in one step, quick when there is nothing left to do. `make help` lists the targets.

python := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup browser font replay other-python demo test lint check bench lock vendored clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: .venv/.project browser font ## everything that gongshi needs: .venv, locked dependencies, a browser, a font

.venv/.python:
	@scripts/make-venv
	@touch $@

.venv/.locked: requirements.lock | .venv/.python
	@scripts/install-locked
	@touch $@

.venv/.project: pyproject.toml .venv/.locked
	@scripts/say "gongshi itself, editable"
	@$(python) -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@touch $@

browser: .venv/.locked
	@scripts/ensure-browser

font:
	@scripts/ensure-font

demo: setup ## audit sample sites of invented companies and write the report
	@.venv/bin/gongshi demo

.venv/.replay: requirements-replay.lock | .venv/.python
	@scripts/install-locked requirements-replay.lock .venv/replay
	@touch $@

replay: .venv/.replay
	@scripts/fetch-replaywebpage

other-python: .venv/.locked
	@scripts/other-python

test: setup replay other-python ## the whole test suite, browser tests included
	@$(python) -m pytest -n auto --dist loadfile

lint: setup ## style, types and the direction of imports
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy
	@.venv/bin/lint-imports

check: lint test ## lint and test

bench: setup ## the measurements that the README quotes
	@failed=; for file in benchmarks/*.py; do \
	    scripts/say "$$file"; $(python) "$$file" || failed="$$failed $$file"; \
	done; [ -z "$$failed" ] || { echo "failed:$$failed" >&2; exit 1; }

lock: .venv/.python ## write both locks anew from pyproject.toml (needs uv)
	@PATH="$$PATH:$(CURDIR)/.venv/bin"; command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }; \
	compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" "$$@"; }; \
	compile --extra dask --extra ocr --extra parquet --group dev pyproject.toml -o requirements.lock && \
	compile --group replay -o requirements-replay.lock

vendored: .venv/.python ## fetch the libraries of the survey page anew (needs npm)
	@scripts/fetch-vendored

clean: ## remove what make made, .venv included
	rm -rf .venv build dist demo-run benchmarks/out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
