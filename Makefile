# The front door. `make demo` shows the product, `make test` proves it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build demo demo-check test bench bench-portal audit lint format screenshots fuzz clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## packages, models, web pages and the release build; repeatable
	@tools/setup.sh

build: ## only the release build
	@. tools/env.sh && cmake --preset release > /dev/null && cmake --build --preset release

demo: setup ## server, demo identity provider and demo application; Ctrl-C ends all
	@. tools/env.sh && exec node demo/run.mjs

demo-check: setup ## the scripted logins only; the last line is one JSON object
	@. tools/env.sh && exec node demo/run.mjs --check

test: setup ## every test; ends with "N passed, N failed"
	@. tools/env.sh && node tools/run_tests.mjs

bench: setup ## benchmarks; machine-readable figures
	@. tools/env.sh && node tools/run_bench.mjs

bench-portal: setup ## how fast the portal answers over 100,000 users; fails above its bars
	@. tools/env.sh && node tools/bench_portal.mjs

audit: setup ## the size of the portal's first page, and Lighthouse on the running portal
	@. tools/env.sh && node web/portal/build/budget.mjs && npm ci --prefix tools/audit --workspaces=false --ignore-scripts --loglevel=error && node tools/audit/lighthouse.mjs

lint: setup ## formatting, static analysis, types, licences
	@. tools/env.sh && tools/lint.sh

format: ## rewrites the sources in the project's style
	@. tools/env.sh && tools/lint.sh --fix

screenshots: setup ## pictures for the README and docs/portal.md, made from the demo
	@. tools/env.sh && node demo/screenshots.mjs && node demo/portal-screenshots.mjs

fuzz: setup ## every fuzz target for FUZZ_SECONDS (60) under ASan and UBSan
	@. tools/env.sh && tools/fuzz.sh $${FUZZ_SECONDS:-60}

.PHONY: bench-server redteam
bench-server: setup ## whole verifications per second against the real server, and how long pages wait
	@. tools/env.sh && node tools/bench_server.mjs

redteam: setup ## attacks on an account, accepted/total of each; REDTEAM="--data DIR --json" for more
	@. tools/env.sh && cmake --build --preset release --target countersign_redteam > /dev/null && \
	  build/release/tests/redteam/countersign_redteam --rounds 8 $(REDTEAM)

.PHONY: race
race: setup ## what runs on several threads, under ThreadSanitizer
	@. tools/env.sh && tools/race.sh

.PHONY: bench-peers
bench-peers: setup ## our pipeline beside four others, same pictures; PEERS="--data DIR --json" adds accuracy
	@. tools/env.sh && tools/bench_peers/setup.sh && node tools/bench_peers/bench.mjs $(PEERS)

clean: ## build results; packages and models stay
	rm -rf build web/*/dist
