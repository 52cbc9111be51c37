# Every verb a writer or a workflow uses. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve build handouts check test grades due new addresses picture offline host changed theme bench lock clean
PYTHON ?= python3
PY := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

serve: .venv/site-ready ## See the site at http://127.0.0.1:8000, live while you write
	@$(PY) scripts/serve.py

build: check ## Write the finished site to site/
	@$(PY) -m mkdocs build --quiet --site-dir .build && $(PY) scripts/finish_site.py .build
	@rm -rf site && mv .build site
	@echo "The site is in site/; open site/index.html."

handouts: .venv/test-ready build ## Print the leaflets as PDF files too, for Letter and A4 (needs a browser)
	@$(PY) scripts/print_handouts.py

check: .venv/site-ready ## What a writer runs before a pull request: seconds, no browser, no network
	@failed=0; $(PY) -m ruff check --quiet scripts tests || failed=1; $(PY) scripts/check.py || failed=1; exit $$failed

test: .venv/test-ready ## Every test, in a real browser
	@$(PY) -m pytest -n auto --dist loadfile

grades: .venv/site-ready ## How hard each page is to read, and its longest sentence
	@$(PY) scripts/check.py --grades

due: .venv/site-ready ## What grows old: pages to check again, old guidelines, weak addresses
	@$(PY) scripts/report_due.py

new: .venv/site-ready ## Start a page from its template: make new PAGE=conditions/neck-pain.md
	@$(PY) scripts/new_page.py $(PAGE)

addresses: .venv/site-ready ## Keep every address and anchor that the guide has published
	@$(PY) scripts/update_addresses.py

picture: .venv/test-ready build ## Draw the picture of the first page in README.md
	@$(PY) scripts/picture_readme.py

offline: build ## Pack the finished site into one ZIP that opens anywhere
	@$(PY) scripts/pack_offline.py

host: build ## Serve the finished site as a server of your own would: podman, docker or nginx
	@$(PY) scripts/start_host.py

changed: .venv/site-ready ## List the pages that this branch changes: make changed [BASE=origin/main]
	@$(PY) scripts/report_changed.py $(or $(BASE),origin/main)

theme: build ## Keep the part of Material's stylesheet that our pages use
	@$(PY) scripts/update_theme.py

bench: .venv/site-ready ## Time the build beside stock Material, at 1, 10 and 50 times the pages
	@$(PY) scripts/report_bench.py

lock: .venv/site-ready ## Lock the versions in pyproject.toml, with hashes (needs the network)
	@$(PY) scripts/update_locks.py

clean: ## Remove everything that was set up or built
	rm -rf .venv .build site

.venv/site-ready: requirements.txt scripts/set_up.py
	@$(PYTHON) scripts/set_up.py site

.venv/test-ready: requirements-test.txt scripts/set_up.py
	@$(PYTHON) scripts/set_up.py test
