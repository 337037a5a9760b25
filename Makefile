# Everything that people and the build do with this checkout. It needs Python 3.11, 3.12 or 3.13 and make.

BIN := .venv/bin
PYTHON := $(BIN)/python
CONSTRAINTS := $(wildcard constraints-*.txt)
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --upgrade

# Where it is set, each of the many processes of the tests would compile thousands of libraries' files anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up explore questions test proof check docs bench constraints

help: ## What can be done here.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: setup ## Three nights of an invented company's helpdesk, audited before your eyes (about three minutes).
	@$(PYTHON) demo/run.py

up: setup ## Airflow on this machine, its page and the audit's DAGs, with the sandbox as the helpdesk.
	@$(PYTHON) demo/up.py

explore: setup ## The leaders' tables in a browser, read-only, with the questions as forms. Tickets too: make explore ARGS=--tickets
	@$(PYTHON) -m auditlib.explore $(ARGS)

questions: setup ## docs/questions.md with the answers of the last make demo.
	@$(PYTHON) -m auditlib.pages.questions .demo/questions.md

test: setup ## Every test. One of them: make test ARGS="tests/test_clocks.py -k spring"
	@$(PYTHON) -m pytest -n logical --dist loadgroup $(ARGS)

# What holds of any ticket, against slow and obvious implementations, and what shows that a wrong verb would be noticed.
PROVED := proofs edge_cases/test_in_memory.py test_mutants.py test_questions.py \
	test_changes_in_the_demo.py
proof: setup ## Every property on 10,000 cases, and every change of a verb noticed. make proof ARGS="-k turns"
	@HYPOTHESIS_PROFILE=proof $(PYTHON) -m pytest -n logical --dist loadgroup --timeout=0 $(PROVED:%=tests/%) $(ARGS)

check: setup ## What is judged before a change is taken: lint, format, types, who may import whom, documents.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory docs
	@test -z "$$(git status --porcelain -- docs)" || \
		{ git diff --stat -- docs; echo "the documents were not current: commit what make docs wrote"; exit 1; }

docs: setup ## The documents that the code already knows: metric pages, data dictionary, command line.
	@$(PYTHON) -m auditlib.pages.docs

bench: setup ## How long the hot paths take on this machine. The bar itself: make bench ARGS="--size 1000000".
	@$(PYTHON) -m benchmarks $(ARGS)

setup: .venv/.installed ## The environment in .venv (every other target does it by itself when something changed).

constraints: setup ## The pinned versions compiled anew: the newest that fit pyproject.toml.
	@for minor in 3.11 3.12 3.13; do \
		$(COMPILE) --all-extras --python-version $$minor pyproject.toml -o constraints-$$minor.txt; done
	@echo uv | $(COMPILE) --constraints constraints-3.13.txt - -o constraints-uv.txt

.venv/.installed: .venv/.has-uv $(CONSTRAINTS) pyproject.toml
	@# An installation that was interrupted may have left half a package behind: that one is done over.
	@again=; if [ -e .venv/.installing ]; then again=--reinstall; fi; touch .venv/.installing; \
	minor=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])') && \
	echo "installing what constraints-$$minor.txt pins into .venv …" && \
	$(BIN)/uv pip install --python $(PYTHON) --quiet $$again --require-hashes -r constraints-$$minor.txt && \
	$(BIN)/uv pip install --python $(PYTHON) --quiet --no-deps --no-build-isolation -e . && \
	rm .venv/.installing && touch $@

.venv/.has-uv: constraints-uv.txt
	@$(BIN)/uv --version >/dev/null 2>&1 || sh .ci/make-venv
	@touch $@
