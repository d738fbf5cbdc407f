# Everything a developer types. `make` prints the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
REVIVE      := github.com/mgechev/revive@v1.17.0

BIVOUAC_SHARED ?= ../shared
export BIVOUAC_SHARED := $(abspath $(BIVOUAC_SHARED))
# make test installs what its tests need, so what is missing is a failure.
CLIENTS := BIVOUAC_REQUIRE_CLIENTS=1

# Packages in which goroutines meet.
RACE := ./api/... ./data ./data/gpkg ./data/intake ./geo/layer ./geo/index ./cmd/...

# What the race detector cannot see, since it runs in a process of its own, or
# what it would take minutes for; go-test runs all of it.
APART := TestSecrecyAgainstLinearScan|TestResultsAreBounded|TestKilledAtAnyMoment|TestUploadKilledAtAnyMoment|TestWholeTakesAway|TestSyncComesBeforeTheAnswer|TestFilesThatCannotBeWritten|TestNothingLeaks|TestStoreIsAValidGeoPackage|TestLogCutAnywhere

PAGE := web/dist/index.html
PAGE_SOURCES := $(shell find web/src web/public web/scripts -type f 2>/dev/null) $(wildcard web/*.html web/*.ts web/*.json api/styles/*.json api/styles/*/*.json)

# A decoder and its fuzz target, and how long each is run, two at a time.
FUZZTIME ?= 30s
FUZZ := ./data/load:FuzzFile ./data/load:FuzzShape ./data/load/shapefile:FuzzShapefile ./data/load/kml:FuzzKML ./data/load/gpx:FuzzGPX \
  ./data/load/flatgeobuf:FuzzFlatGeobuf ./data/load/raster:FuzzGeoTIFF ./data/load/raster:FuzzLZW ./data/load/geopackage:FuzzGeoPackage ./geo/crs:FuzzParseWKT

.PHONY: help run test proof fuzz bench release install format vet lint go-test race page-test e2e web clean

help: ## print this list
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: $(PAGE) ## build the page and the server, and serve the sample world
	go run ./cmd/bivouac serve

web: $(PAGE) ## build the page into web/dist

$(PAGE): $(PAGE_SOURCES)
	cd web && npm ci --no-audit --no-fund && npm run build
	@touch $@

test: install format vet lint page-test go-test race e2e ## prove that all of it works

install:
	@.ci/install

format:
	@out=$$(gofmt -l cmd geo api data web/*.go); test -z "$$out" || { echo "gofmt would change:"; echo "$$out"; exit 1; }

vet:
	go vet ./...
	go vet -tags example ./cmd/bivouac

lint:
	go run $(STATICCHECK) ./...
	go run $(REVIVE) -config .revive.toml -formatter friendly -exclude web/node_modules/... ./...

page-test: $(PAGE)
	cd web && npm run check && npm run lint && npm test

go-test: $(PAGE)
	$(CLIENTS) go test -timeout 30m ./...

race:
	go test -race -short -timeout 30m -skip '$(APART)' $(RACE)

e2e: $(PAGE)
	cd web && npm run e2e

proof: install $(PAGE) fuzz ## kill real servers 200 times; ask pgRouting on a million nodes; prove 20 published sitings; look at the page in six languages, day and night
	BIVOUAC_PROOF=1 go test ./cmd/bivouac -run 'TestKilledAtAnyMoment|TestUploadKilledAtAnyMoment|TestWholeTakesAway' -count=1 -timeout 30m -v
	BIVOUAC_PROOF=1 $(CLIENTS) go test ./geo/network/hierarchy -run TestAgainstPGRouting -count=1 -timeout 30m -v
	BIVOUAC_PROOF=1 $(CLIENTS) go test ./geo/siting -run ORLibrary -count=1 -timeout 10m -v
	cd web && BIVOUAC_PROOF=1 npm run e2e -- looks -g 'languages and themes'

fuzz: ## feed every decoder of files with broken ones, half a minute each
	@printf '%s\n' $(FUZZ) | xargs -P 2 -I{} sh -c 'target={}; go test $${target%:*} -run "^$$" -fuzz "^$${target#*:}$$" -fuzztime $(FUZZTIME) -parallel 1'

bench: ## run the benchmarks with their allocation counts
	go test -run '^$$' -bench . -benchmem ./...

# One static binary a system, the page inside.
release: $(PAGE) ## build static binaries for linux, windows and darwin into dist/
	@for target in linux/amd64 linux/arm64 windows/amd64 darwin/amd64 darwin/arm64; do \
	  os=$${target%/*}; arch=$${target#*/}; ext=; [ $$os = windows ] && ext=.exe; \
	  out=dist/bivouac-$$os-$$arch$$ext; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags='-s -w' -o $$out ./cmd/bivouac || exit 1; \
	  ls -sh $$out; \
	done

clean: ## remove what was built
	rm -rf dist bin web/node_modules web/test-results web/playwright-report
	find web/dist -mindepth 1 ! -name .gitkeep -delete
