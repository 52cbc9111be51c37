# Every verb a writer or a workflow uses. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve build check test new lock clean
PYTHON ?= python3
PY := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-6s %s\n", $$1, $$2}' Makefile

serve: check ## See the site at http://127.0.0.1:8000, live while you write
	@$(PY) -m mkdocs serve

build: check ## Write the finished site to site/
	@$(PY) -m mkdocs build --site-dir .build
	@rm -rf site && mv .build site
	@echo "The site is in site/; open site/index.html."

check: .venv/site-ready ## What a writer runs before a pull request: seconds, no browser, no network
	@failed=0; for name in content links pillar_links pictures readability; do \
	  $(PY) scripts/check_$$name.py || failed=1; done; exit $$failed

test: .venv/test-ready ## Every test, in a real browser
	@$(PY) -m pytest

new: .venv/site-ready ## Start a page from its template: make new PAGE=conditions/neck-pain.md
	@$(PY) scripts/new_page.py $(PAGE)

lock: .venv/site-ready ## Lock the versions in pyproject.toml, with hashes (needs the network)
	@$(PY) scripts/update_locks.py

clean: ## Remove everything that was set up or built
	rm -rf .venv .build site

.venv/site-ready: requirements.txt
	@$(PYTHON) scripts/set_up.py site

.venv/test-ready: requirements-test.txt
	@$(PYTHON) scripts/set_up.py test
