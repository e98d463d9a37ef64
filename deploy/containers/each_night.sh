#!/bin/sh
# Makes a backup each night at a quarter past three, UTC. /readyz tells when the latest good one is too old.
while true; do
    sleep $(((86400 + 11700 - $(date +%s) % 86400) % 86400))
    python manage.py backup || true
    sleep 1
done
