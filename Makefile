# Callboard. "make" alone lists what there is to make.
#
# run and test need Go and make and nothing else: generated Go, compiled CSS,
# fonts and icons are committed. test installs a Chromium for its browser tests
# where it can. check and generate want Node too, for the CSS.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# templ writes the templates' paths into the generated code, relative to where
# it runs: always the folder views.
TEMPL := cd views && go tool -modfile=../tools/go.mod templ
PACKAGE := ./cmd/dashboard

# Stamp the commit into the binary where there is a repository and git may read
# it; a source archive builds all the same.
VCS := $(shell git rev-parse --is-inside-work-tree >/dev/null 2>&1 && echo true || echo false)

# Paths stay out of what is compiled, so that another folder, as a fresh clone
# is, takes from Go's cache what it has.
export GOFLAGS := $(strip $(shell go env GOFLAGS 2>/dev/null) -trimpath)

.PHONY: help
help: ## list what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## the demo: a simulated PBX and the board on http://127.0.0.1:8080
	@go build -buildvcs=$(VCS) -o bin/dashboard $(PACKAGE)
	@exec bin/dashboard demo $(ARGS)

# Templates are not put into those that use them: they come once in the program
# instead of in every place, which is 2 MB of 31, for a tenth of a row's time.
SMALL := -gcflags=callboard/views=-l

.PHONY: build
build: ## bin/dashboard, stripped, with its commit inside
	CGO_ENABLED=0 go build -trimpath -buildvcs=$(VCS) -ldflags='-s -w' $(SMALL) -o bin/dashboard $(PACKAGE)
	@bin/dashboard version

.PHONY: image
image: build ## bin/callboard-image.tar: a container image with the program and nothing else
	go run -C tools ./image -binary ../bin/dashboard -out ../bin/callboard-image.tar -revision "$$(git rev-parse HEAD 2>/dev/null || true)"
	@ls -l bin/callboard-image.tar

# What the race detector is too slow for: left out or cut short where it is on.
WITHOUT_DETECTOR := 'TestWeekFromItsExport|TestQuickHoweverMuchThereIs|TestMaskedFramesTellNothing|TestBoardEqualsTheCompany|TestBoardFindsBackAfterEveryCut|TestAttackDoesNotKeepThePersonOut|TestThePresentRulesTellWhatWasTold|TestTheReplayedBoardIsTheOneThatWasShown|TestNoStreamOutlivesItsRight|TestTheRecordKeepsWhatIsHidden|TestTheRecordOfAScopeIsItsOwn|TestColleaguesOutsideOfAScopeAreTheirTeam|TestAScopeIsTheSameEverywhere|TestFullDisk|TestRottenBytes|TestPagesMissNothing|TestCommonNumbers|TestNoWordEscapesTranslation|TestPlayedAndFoldedBoardsAreThoseOfTheirMoments'

.PHONY: test
test: ## everything that must pass before a change lands, browser tests included
	@tools/need.sh compiler
	@tools/need.sh unit
	go vet ./...
	@# Without go test's own vet: it is a part of the one above.
	go test -vet=off $$(tools/need.sh race) ./...
	@# Every process killed, and nothing lost; that mostly waits, so beside it what
	@# the detector is too slow for: all orders, a whole day, a week, many calls.
	KILLS=1000 go test -vet=off -count=1 -timeout 6m -v -run 'TestAThousandKills|TestSpoiltBytes' ./internal/keeper | grep -v level= & kills=$$!; \
	go test -vet=off ./internal/state ./internal/feed/xelion && \
	go test -vet=off -timeout 6m -run $(WITHOUT_DETECTOR) ./internal/access ./internal/app ./internal/backtest ./internal/history ./internal/hub ./internal/travel ./internal/web && \
	wait $$kills
	@tools/need.sh browser
	cd e2e && go vet ./... && go test -vet=off -count=1 -timeout 20m $$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...)

.PHONY: check
check: ## formatting, vet, staticcheck, known weaknesses; regenerate and compare
	tools/check.sh

.PHONY: generate
generate: ## Go from templates, and the compiled CSS (wants Node)
	$(TEMPL) fmt .
	$(TEMPL) generate
	tools/css.sh

.PHONY: dev
dev: ## the demo with live reload on http://127.0.0.1:7331
	$(TEMPL) generate --watch --proxy=http://127.0.0.1:8080 --open-browser=false --cmd="go run callboard/cmd/dashboard demo $(ARGS)"

.PHONY: fuzz
FUZZTIME ?= 20s
fuzz: ## every fuzz target for FUZZTIME (20s)
	@for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			go test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) $$pkg; \
		done; \
	done

.PHONY: bench
bench: ## all benchmarks
	go test -run='^$$' -bench=. -benchmem ./...

.PHONY: load
load: build ## load run of the built binary: delay, memory, a reader that never reads, churn
	cd e2e && go run ./load -binary ../bin/dashboard $(ARGS)

.PHONY: attack
attack: build ## 100,000 tries to sign in from 1,000 networks, beside a live board and the right person
	cd e2e && go run ./load -binary ../bin/dashboard -attack 100000 $(ARGS)

.PHONY: soak
SOAK ?= 10m
soak: ## a busy board for SOAK (10m): the renderer's share of a core, heap, nodes, timers
	@tools/need.sh browser
	cd e2e && DASHBOARD_SOAK=$(SOAK) go test -count=1 -timeout 30m -run TestABusyBoardIsLight -v .

.PHONY: screenshots
screenshots: build ## docs/screenshots from the demo
	@tools/need.sh browser
	cd e2e && go run ./screenshots -binary ../bin/dashboard -out ../docs/screenshots

.PHONY: clean
clean: ## remove what was built
	rm -rf bin
