#!/usr/bin/env bash
# Formatting, vet, staticcheck, known weaknesses, and everything generated compared with what is
# committed. Changes nothing that is not already out of date.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0
step() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; failed=1; }

step "gofmt"
loose=$(gofmt -l cmd internal views static deploy tools e2e)
[ -z "$loose" ] || fail "gofmt would change: $loose"

tools=$PWD/tools/go.mod
for module in . e2e; do
  step "vet, fixes and staticcheck in $module"
  cd "$module"
  go vet ./... || fail "go vet in $module"
  fixes=$(go fix -diff ./... 2>&1) || true
  [ -z "$fixes" ] || { printf '%s\n' "$fixes"; fail "go fix would change $module"; }
  go tool -modfile="$tools" staticcheck ./... || fail "staticcheck in $module"
  cd "$OLDPWD"
done

step "known weaknesses"
tools/vuln.sh || fail "govulncheck found something that is called"

step "templates"
(cd views && go tool -modfile="$tools" templ generate -check -log-level=error) || fail "generated Go is out of date: make generate"

step "style sheet"
if command -v npm >/dev/null 2>&1; then
  before=$(sha256sum static/app.css)
  tools/css.sh
  [ "$before" = "$(sha256sum static/app.css)" ] || fail "static/app.css was out of date; it has been compiled again, commit it"
elif [ "${CI:-}" = true ]; then
  fail "npm is missing, so the style sheet cannot be compared"
else
  echo "left out: npm is not installed"
fi

exit $failed
