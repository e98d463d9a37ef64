# Every command of the project. `make` lists them.

# What one process has compiled the next reads, also where the environment forbids it: a command starts many.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
SIZE ?= 10000
LOCALE ?= de
PYTHON := .venv/bin/python
UV := .local/uv
NODE_MODULES := .local/node/node_modules
GENERATED := .local/node/generated
NODE_TOOLS := vnu-jar@26.9.27 @redocly/cli@2.77.0 openapi-typescript@7.13.0 openapi-fetch@0.17.0 @hey-api/openapi-ts@0.95.0 \
	typescript@5.9.3 wagtail-js@1.1.1 puppeteer-core@24.43.0
HTML_TESTS := tests/browser/test_html.py
TYPES_TESTS := tests/api/test_linting.py tests/api/test_generators.py tests/api/test_wagtail_js.py
EXAMPLE_TESTS := tests/browser/test_example.py tests/browser/test_nextjs_example.py tests/clients
LINT_MIGRATIONS := $(PYTHON) manage.py lintmigrations --no-cache --settings config.settings.lint

.DEFAULT_GOAL := help
.PHONY: help install demo practice test test-deployment test-oldest test-npm screenshots audit lint requirements node html types html-and-types clients example words catalogues lighthouse resilience bench bench-quick bench-data bench-matching bench-servers

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Install what the lock file names, and uv and Python first where they are missing
	@sh .ci/install

# `exec` leaves no shell in between: a signal to make reaches the demo.
demo: install ## Serve the site with its demo content on PORT (8000), with a background worker
	@exec env PYTHONPATH=site PORT=$(PORT) $(PYTHON) -m demo

practice: install ## Make a site of your own, asking for its name, and serve it on PORT (8000); WITH=therapies adds drafts
	@exec env PYTHONPATH=site PORT=$(PORT) LOCAL_DATA=$${LOCAL_DATA:-.local/practice} \
		$(PYTHON) -m new_practice $(if $(WITH),--with $(WITH))

test: install ## Run every test but those that start what is shipped, or need npm
	@exec $(PYTHON) -m pytest -n 2 --dist worksteal --durations=10 -m "not deployment and not npm"

test-deployment: install ## Start what is shipped, from make to the front servers, and walk through it
	@exec $(PYTHON) -m pytest -n 2 --dist loadfile --durations=5 -m deployment

test-oldest: install ## Run the tests of the therapies and pages with the oldest Python that is supported
	@env UV_PROJECT_ENVIRONMENT=.local/oldest-python UV_PYTHON="$$(sh .ci/find-python '3, 12' '3, 13')" \
		$(UV) sync --locked --quiet
	@exec .local/oldest-python/bin/python -m pytest -n 2 --dist worksteal -q -p no:cacheprovider tests/therapies tests/home

screenshots: install ## Look at every page in Chromium, and keep pictures of them in tests/browser/artefacts
	@exec env SCREENSHOTS=1 $(PYTHON) -m pytest -n 2 -q tests/browser/test_every_page.py tests/browser/test_explained_words.py \
		tests/browser/test_suggestions.py tests/browser/test_urgent_help.py

audit: install ## Ask for known holes in every library of the lock (needs pypi.org)
	@$(UV) tool run --quiet pip-audit==2.10.1 --requirement requirements.txt --require-hashes --disable-pip --strict --progress-spinner off

lint: install ## Check style, types, import direction, migrations, the container's files and the lock
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --check --target-version 6.1
	@PYTHONPATH=site:. .venv/bin/lint-imports --no-cache --no-logo
	@$(PYTHON) -m mypy .
	@$(UV) lock --check --quiet
	@$(PYTHON) manage.py makemigrations --check --dry-run --settings config.settings.demo
	@.venv/bin/hadolint deploy/containers/Dockerfile
	@.venv/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/containers/compose.yaml
	@$(LINT_MIGRATIONS) --verbosity 0 || $(LINT_MIGRATIONS)

requirements: install ## Write requirements.txt, for those without uv, anew from the lock
	@{ cat .ci/needed-python.txt && $(UV) export --quiet --no-dev --no-header; } > requirements.txt

node: $(NODE_MODULES) ## Fetch what html, types, example and the test in Firefox need (needs npm)

$(NODE_MODULES): Makefile $(wildcard docs/*/*/package-lock.json)
	@npm install --prefix .local/node --no-audit --no-fund --silent $(NODE_TOOLS)
	@npm ci --prefix docs/examples/astro --no-audit --no-fund --silent
	@npm ci --prefix docs/examples/nextjs --no-audit --no-fund --silent
	@touch $@

test-npm: install node ## Run what html, types and example run, side by side (needs npm, and Java for html)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target example html-and-types

# In a worker: its database has another name than that of `example`, which runs meanwhile.
html-and-types: clients
	@exec $(PYTHON) -m pytest -n 1 $(HTML_TESTS) $(TYPES_TESTS) -q -rs

html: install node ## Check the HTML of every kind of page (needs Java and npm)
	@exec $(PYTHON) -m pytest $(HTML_TESTS) -q -rs

types: clients ## Lint the description of the API, generate three clients from it, and use them and wagtail-js (needs npm)
	@exec $(PYTHON) -m pytest $(TYPES_TESTS) -q -rs

clients: install node
	@env UV_TOOL_DIR=.local/uv-tools UV_TOOL_BIN_DIR=.local/uv-tools/bin $(UV) tool install --quiet --python $(PYTHON) \
		--exclude-newer 2026-11-01 openapi-python-client==0.29.1
	@env PYTHONPATH=site:. DJANGO_SETTINGS_MODULE=config.settings.base SECRET_KEY=none $(PYTHON) -m tests.api.generators
	@$(NODE_MODULES)/.bin/openapi-typescript $(GENERATED)/openapi.json -o $(GENERATED)/api.d.ts
	@$(NODE_MODULES)/.bin/openapi-ts -i $(GENERATED)/openapi.json -o $(GENERATED)/hey-api --silent
	@.local/uv-tools/bin/openapi-python-client generate --path $(GENERATED)/openapi.json --meta none --overwrite \
		--output-path $(GENERATED)/practice_client --fail-on-warning --config tests/api/generators/openapi_python_client.yaml
	@$(NODE_MODULES)/.bin/tsc --project tests/api/generators
	@$(NODE_MODULES)/.bin/tsc --project tests/api/generators/tsconfig.fetching.json

example: install node ## Pack the TypeScript client, build the example front ends with it, and walk them in a browser (needs npm)
	@exec $(PYTHON) -m pytest $(EXAMPLE_TESTS) -q -rs

words: install ## Write what the site can say into the catalogue of LOCALE (de), for a translator (needs gettext)
	@$(PYTHON) manage.py makemessages --locale $(LOCALE) --no-wrap --no-location --no-obsolete --ignore 'docs/*' --ignore 'tests/*'

catalogues: ## Keep what is translated in each catalogue, and compile it (needs gettext)
	@for file in site/locale/*/LC_MESSAGES/django.po; do \
	  msgattrib --translated --no-obsolete --no-fuzzy --no-wrap --sort-output -o $$file $$file && msgfmt --check-format -o $${file%.po}.mo $$file || exit 1; \
	done

lighthouse: install ## Measure the demo that runs on PORT (8000) as a phone meets it (needs npm)
	@npm install --prefix .local/node --no-audit --no-fund --silent lighthouse@12.8.2
	@exec env PYTHONPATH=site:. PORT=$(PORT) $(PYTHON) -m tests.benchmarks.lighthouse

resilience: install ## Show each of the 36 promises of what the practice survives, with its figure (about half an hour)
	@exec env PYTHONPATH=site:. $(PYTHON) -m tests.resilience

bench: install ## Measure ranking speed, and answers a second beside bakerydemo (PEER=its checkout), Django and nginx
	@$(PYTHON) -m pytest tests/benchmarks -q -s -p no:cacheprovider --override-ini python_files='bench_*.py'
	@exec env PYTHONPATH=site:. $(PYTHON) -m tests.benchmarks.serving $(addprefix --peer=,$(PEER))

bench-quick: install ## Measure answers a second of four addresses, once
	@exec env PYTHONPATH=site:. $(PYTHON) -m tests.benchmarks.serving --quick $(addprefix --peer=,$(PEER))

bench-data: install ## Measure a practice of SIZE (10000) therapists and articles, made up from the sample
	@exec env PYTHONPATH=site:. LOG_LEVEL=ERROR $(PYTHON) -m tests.benchmarks.size --therapists $(SIZE) --articles $(SIZE)

bench-matching: install ## Compare the ranking with a known optimum, as a table and a plot
	@exec env PYTHONPATH=site:. $(PYTHON) -m tests.benchmarks.matching

bench-servers: install ## Hold gunicorn, as it is shipped, against other servers: kills, slow clients, a publish, memory
	@exec env PYTHONPATH=site:. LOG_LEVEL=ERROR $(UV) run --locked --quiet --group bench python -m tests.benchmarks.servers
