# Each target sets up .venv first, then does its one thing. Another Python: make PYTHON=python3.12 report
PYTHON ?= python3
export UV_LINK_MODE ?= copy

report: .venv/ready ; @.venv/bin/dispute run
test: .venv/ready ; @.venv/bin/python -m pytest
verify: .venv/ready ; @.venv/bin/dispute verify
faults: .venv/ready ; @.venv/bin/python tests/faults.py
fuzz: .venv/ready ; @.venv/bin/python tests/fuzz.py
browser: .venv/browser ; @.venv/bin/python -m pytest tests/browser
bench: .venv/ready ; @.venv/bin/python tests/bench.py
lab: .venv/ready ; @.venv/bin/python -P -m dispute.run.shadows && .venv/bin/python -m jupyter lab --notebook-dir=notebooks
refresh: .venv/ready ; @.venv/bin/dispute refresh
lock: .venv/ready ; .venv/bin/uv pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -c requirements.lock tests/browser/requirements.in -o tests/browser/requirements.lock
clean: ; rm -rf .venv .cache reports/site reports/notebooks reports/failed reports/manifest.json reports/log.jsonl ro-crate-metadata.json

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	@echo "setting up .venv from requirements.lock (once; half a minute with a fast line) ..."
	@$(PYTHON) -m venv --clear .venv || { echo "On Debian and Ubuntu, install python3-venv first."; exit 1; }
	@sed '/^uv==/,/[^\\]$$/!d' requirements.lock > .venv/uv.txt
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.txt
	@.venv/bin/uv pip install --quiet --python .venv --require-hashes --compile-bytecode -r requirements.lock
	@.venv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation -e .
	@touch .venv/ready

.venv/browser: .venv/ready tests/browser/requirements.lock
	@.venv/bin/uv pip install --quiet --python .venv --require-hashes -r tests/browser/requirements.lock
	@touch .venv/browser

.PHONY: report test verify faults fuzz browser bench lab refresh lock clean
