# Everything runs in .venv, which is made at the first use and kept in step with the pinned requirements.
PYTHON ?= python3
VENV := .venv/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
# Run as a module, so that it finds the extractor of the reference data.
BABEL := $(VENV)/python -m babel.messages.frontend
WORKERS ?= 2

export PORT RESET

.PHONY: demo test check bench requirements catalogues compile environment

# Serve the demo at http://127.0.0.1:8000 until Ctrl-C. PORT=8001 chooses a port, RESET=1 starts over.
demo:
	@$(PYTHON) scripts/demo.py

# Run all tests. REQUIRE_BROWSER=1 and REQUIRE_POSTGRES=1 make a missing browser or PostgreSQL a failure.
# T="tests/unit -k codes" chooses.
test: environment
	@$(MAKE) --no-print-directory compile
	@$(VENV)/python -m pytest -n $(WORKERS) --dist worksteal $(T)

# Style, types, security rules and catalogues.
check: environment
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/bandit --quiet --recursive --configfile pyproject.toml app config.py wsgi.py
	@for catalogue in $(CATALOGUES); do echo "msgfmt $$catalogue" && msgfmt --check --output-file=/dev/null "$$catalogue" || exit 1; done
	$(VENV)/python -m pytest --quiet tests/catalogues

# Measure; B=name measures one thing.
bench: environment
	@$(MAKE) --no-print-directory compile
	@$(VENV)/python -m benchmarks.run $(B)

# Pin the newest releases that pyproject.toml allows.
requirements: environment
	$(VENV)/uv pip compile pyproject.toml --upgrade $(PIN) --output-file requirements.txt
	$(VENV)/uv pip compile pyproject.toml --upgrade $(PIN) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

PIN := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# Collect the sentences of code, templates and reference data, and bring every catalogue up to date with them.
catalogues: environment
	$(BABEL) extract --mapping-file pyproject.toml --keyword lazy_gettext --keyword lazy_ngettext:1,2 \
		--sort-output --no-wrap --add-location file --project Recourse --output-file translations/messages.pot .
	$(BABEL) update --input-file translations/messages.pot --output-dir translations \
		--no-wrap --no-fuzzy-matching --ignore-pot-creation-date

compile: $(CATALOGUES:.po=.mo)
	@:

%.mo: %.po
	@echo "Compiling $<"
	@$(BABEL) --quiet compile --input-file $< --output-file $@

environment:
	@$(PYTHON) scripts/environment.py requirements-dev.txt
