#!/bin/sh
# Writes the team's settings from the environment into files that only this container reads, then starts the program.
# Whoever mounts /etc/vernissage/team.toml needs none of this. Secrets never become arguments.
set -eu
umask 077

encoded() { python -c 'import os, sys, urllib.parse as u; print(u.quote(os.environ[sys.argv[1]], safe=""))' "$1"; }

if [ -n "${VERNISSAGE_DATABASE_HOST:-}" ]; then
    at="${VERNISSAGE_DATABASE_HOST}:${VERNISSAGE_DATABASE_PORT:-5432}/${VERNISSAGE_DATABASE_NAME:-vernissage}"
    if [ -n "${VERNISSAGE_DATABASE_PASSWORD:-}" ]; then
        export VERNISSAGE_DATABASE_URL="postgresql://vernissage_service:$(encoded VERNISSAGE_DATABASE_PASSWORD)@${at}?sslmode=require"
    fi
    if [ -n "${VERNISSAGE_OWNER_PASSWORD:-}" ]; then
        export VERNISSAGE_OWNER_URL="postgresql://${VERNISSAGE_OWNER_NAME:-vernissage_owner}:$(encoded VERNISSAGE_OWNER_PASSWORD)@${at}?sslmode=require"
    fi
fi
if [ -n "${VERNISSAGE_REDIS_HOST:-}" ]; then
    export VERNISSAGE_REDIS_URL="rediss://:$(encoded VERNISSAGE_REDIS_PASSWORD)@${VERNISSAGE_REDIS_HOST}:${VERNISSAGE_REDIS_PORT:-6379}"
fi

if [ ! -e /etc/vernissage/team.toml ] && [ -n "${VERNISSAGE_SECRET:-}" ]; then
    folder="${HOME:-/var/lib/vernissage}/settings"
    mkdir -p "$folder"
    printf '%s\n' "$VERNISSAGE_SECRET" > "$folder/secret"
    {
        printf 'database_url = ""\nsecret_file = "%s"\n' "$folder/secret"
        printf 'hosts = ["localhost", "127.0.0.1", "%s"]\n' "${VERNISSAGE_HOST_NAME:-localhost}"
        printf 'trusted_proxies = %s\n' "${VERNISSAGE_TRUSTED_PROXIES:-1}"
        printf '%s\n' "${VERNISSAGE_MORE_SETTINGS:-}"
        if [ -n "${VERNISSAGE_BUCKET:-}" ]; then
            printf '[objects]\nbucket = "%s"\nregion = "%s"\n' "$VERNISSAGE_BUCKET" "${AWS_REGION:-us-east-1}"
        fi
    } > "$folder/team.toml"
    if [ -n "${VERNISSAGE_MODEL_KEYS:-}" ]; then
        printf '%s\n' "$VERNISSAGE_MODEL_KEYS" > "$folder/model-keys"
    fi
fi
unset VERNISSAGE_SECRET VERNISSAGE_MODEL_KEYS VERNISSAGE_DATABASE_PASSWORD VERNISSAGE_OWNER_PASSWORD VERNISSAGE_REDIS_PASSWORD
exec python -m platform_service "$@"
