-- The owner and the roles the server works under. Who may read what is decided here, not in a route.
-- None of them can sign in; roles belong to the whole cluster, so another database may have made them already.
do $$
declare
  name text;
begin
  foreach name in array array['etabli_owner', 'etabli_ingest', 'etabli_subject', 'etabli_health',
    'etabli_vault', 'etabli_audit', 'etabli_operator', 'etabli_auth', 'etabli_jobs']
  loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin noinherit', name);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
    if not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to current_user', name);
    end if;
  end loop;
end
$$;

grant create, usage on schema public to etabli_owner;
grant usage on schema public to etabli_ingest, etabli_subject, etabli_health, etabli_vault, etabli_audit,
  etabli_operator, etabli_auth, etabli_jobs;
alter default privileges for role etabli_owner revoke execute on functions from public;
