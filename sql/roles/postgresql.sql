-- The roles of the audit on PostgreSQL. Run it once, as a superuser or as who may create roles, in the store's database:
--     psql -d audit -f sql/roles/postgresql.sql
-- It may be run again. Then give people one of the roles: GRANT audit_leader TO somebody.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit_leader') THEN
        CREATE ROLE audit_leader NOLOGIN; -- reads figures and what is built of figures
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit_analyst') THEN
        CREATE ROLE audit_analyst NOLOGIN; -- also tickets and evidence
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit_team_lead') THEN
        CREATE ROLE audit_team_lead NOLOGIN; -- reads the tickets of the teams that audit.toml lets them lead
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit_pipeline') THEN
        CREATE ROLE audit_pipeline NOLOGIN; -- writes: the login of the audit itself is a member
    END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO audit_leader, audit_analyst, audit_team_lead;
GRANT USAGE, CREATE ON SCHEMA public TO audit_pipeline;
