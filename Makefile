# Each target sets up what it needs first, then does its one thing.
# Another Python: make PYTHON=python3.12 report
PYTHON ?= python3
export UV_LINK_MODE ?= copy

# The proofs that the gate asks for: whole reports of this case and of others, one that is closed, a
# corpus, a reader.
SOME = test_project.py test_own_report.py test_another_case.py test_machine_page.py test_wheel.py \
  test_closed_edition.py test_corpus.py test_corpus_sample.py test_estimate_coverage.py \
  browser/test_questions.py browser/test_every_page.py

# A virtual environment knows its place. One that was moved, with its folder, or that lost its
# Python, is set up again; `ready` holds the place it was made for.
moved = $(if $(wildcard $(1)/ready),$(shell \
  [ "$$(cat $(1)/ready)" = "$$(pwd -P)" ] && [ -x $(1)/bin/python ] || echo moved))

report: .venv/ready ; @.venv/bin/dispute run
verify: .venv/ready ; @.venv/bin/dispute verify
test: .venv/dev ; @.venv/bin/python -m pytest
lint: .venv/dev ; @.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && \
  .venv/bin/zizmor --quiet --offline .github/workflows \
    src/dispute/compendium/template/dot-github/workflows/report.yml
prove: .prove/ready report ; @.prove/bin/python -m pytest -m long tests && \
  .prove/bin/python -m pytest tests/prove
prove-some: .prove/ready report ; @.prove/bin/python -m pytest $(addprefix tests/prove/,$(SOME))
bench: .venv/dev ; @.venv/bin/python tests/bench.py
desk: .venv/ready ; @.venv/bin/dispute desk $(if $(CODER),--coder $(CODER))
lab: .venv/dev ; @.venv/bin/dispute lab
refresh: .venv/dev ; @.venv/bin/dispute refresh
clean: ; rm -rf .venv .prove .cache reports/site reports/notebooks reports/failed \
  reports/manifest.json reports/log.jsonl reports/health.json ro-crate-metadata.json

# What a report needs, nothing else.
.venv/ready: requirements.lock pyproject.toml $(call moved,.venv)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Python 3.11 or newer is needed, and this is " + sys.version.split()[0] + \
	  ". Name another one: make PYTHON=python3.12")'
	@echo "setting up .venv from requirements.lock (once; half a minute with a fast line) ..."
	@$(call fresh,.venv)
	@$(call install,.venv) -r requirements.lock
	@.venv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation -e .
	@pwd -P > .venv/ready

# JupyterLab, the tests and the linters, beside it.
.venv/dev: .venv/ready requirements-dev.lock
	@echo "adding what tests and JupyterLab need, from requirements-dev.lock ..."
	@$(call install,.venv) -r requirements-dev.lock
	@touch .venv/dev

# What only `make prove` needs lives apart: browsers' drivers, validators.
.prove/ready: requirements-dev.lock tests/prove/requirements.lock pyproject.toml \
    $(call moved,.prove)
	@echo "setting up .prove from tests/prove/requirements.lock (once) ..."
	@$(call fresh,.prove)
	@$(call install,.prove) -r requirements-dev.lock -r tests/prove/requirements.lock
	@.prove/bin/uv pip install --quiet --python .prove --no-deps --no-build-isolation -e .
	@pwd -P > .prove/ready

fresh = "$(PYTHON)" -m venv --clear $(1) || { echo "On Debian, install python3-venv first."; exit 1; } && \
  sed -n '/^\(uv\|setuptools\)==/,/[^\\]$$/p' requirements-dev.lock > $(1)/setup.txt && \
  $(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
    -r $(1)/setup.txt
install = $(1)/bin/uv pip install --quiet --python $(1) --require-hashes --compile-bytecode

# The locks, renewed: versions with their hashes, no address in them.
compile = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --upgrade
lock: .venv/ready
	$(compile) --fork-strategy fewest pyproject.toml -o requirements.lock
	$(compile) --fork-strategy fewest $(addprefix --extra ,lab model test lint setup) \
	  -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(compile) -c requirements-dev.lock tests/prove/requirements.in -o tests/prove/requirements.lock

.PHONY: report verify test lint prove prove-some bench desk lab refresh lock clean moved
