# Every line here can be typed by hand. Each target sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SITE_READY := .venv-site/.ready
# Numerics stay on one core each: tests and grading run several processes side by side.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help setup demo lab test lint test-thorough test-browser test-hub test-site bench verify \
    notebooks package site lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1: \2/p' Makefile

setup: $(READY) ## make .venv with everything in it
	@echo "ready: .venv/bin/course"

$(READY): requirements.lock pyproject.toml scripts/setup.py
	@$(PYTHON) scripts/setup.py

demo: $(READY) ## the whole way on a simulated class
	@$(BIN)/course demo

lab: $(READY) ## open JupyterLab on the notebooks
	@$(BIN)/course lab

# Three processes even on two cores: a third of the time they wait, for kernels and for time limits.
test: lint ## style, types and tests
	$(BIN)/pytest -n 3 --dist loadfile --unchanged -m "not browser and not thorough and not hub and not site"

lint: $(READY) ## style, types, and which room imports which
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --no-warn-unreachable --cache-dir .mypy_cache/win32 -p pix2net
	$(BIN)/lint-imports --no-cache

test-thorough: $(READY) ## run every chapter with all its figures, and on the other data sets
	$(BIN)/pytest -n 2 --dist loadfile -m thorough

test-browser: $(READY) ## the tests that need a browser, which is installed if that is possible
	@$(PYTHON) scripts/browser.py
	$(BIN)/pytest -m browser

test-hub: $(READY) ## a class on a real JupyterHub, as root; makes system users and removes them
	@$(PYTHON) scripts/browser.py
	$(BIN)/pytest -m hub

bench: $(READY) ## measure, and print the tables
	$(BIN)/python -m benchmarks

verify: $(READY) ## run the course with the reference filled in
	@$(BIN)/course verify

notebooks: $(READY) ## weave the student notebooks that are committed; CHAPTER=05_softmax for one
	$(BIN)/course build $(CHAPTER) --notebooks course/notebooks

site: $(READY) $(SITE_READY) ## make the static site, in build/site: the book and the browser edition
	@$(BIN)/python -m website $(if $(PYODIDE),--pyodide $(PYODIDE))

$(SITE_READY): requirements-site.lock scripts/setup.py
	@$(PYTHON) scripts/setup.py --site

test-site: $(READY) $(SITE_READY) ## build the site and try it in a browser, without the internet
	@$(PYTHON) scripts/browser.py
	$(BIN)/pytest -m site

package: $(READY) ## make the wheel that learners install, in dist/
	@$(BIN)/python -m grader.release.package dist

lock: $(READY) ## pin every dependency of pyproject.toml anew
	$(BIN)/uv pip compile --quiet --no-config --upgrade --universal --fork-strategy fewest \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --all-extras --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --no-config --upgrade --universal --fork-strategy fewest \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --group site --output-file requirements-site.lock

clean: ## remove what setup and tests made; a learner's work stays
	rm -rf .venv .venv-site .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist
	find . -name __pycache__ -type d -not -path './work/*' -prune -exec rm -rf {} +
