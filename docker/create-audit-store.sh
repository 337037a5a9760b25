#!/bin/sh
# The audit's store beside Airflow's own database, when PostgreSQL starts for the first time.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "CREATE DATABASE audit"
