#!/bin/sh
# Opens the studio on the sample collection; without a display it does the same main job headless and writes a picture.
set -eu

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec .venv/bin/vernissage --library sample
fi
echo "There is no display here: asking for a cyberpunk gallery without a window."
exec .venv/bin/vernissage ask "create a cyberpunk gallery" --library sample --project "First show" --approve \
    --picture "$(pwd)/cyberpunk-gallery.png"
