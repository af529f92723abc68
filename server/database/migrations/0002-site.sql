-- The site, its people and their accounts.
-- Every function of the owner ends its path with pg_temp: else a caller's temporary table would stand for ours.
set local role etabli_owner;

create table site (
  id uuid not null default gen_random_uuid(),
  mode text not null check (mode in ('real', 'demo', 'replay')),
  zone text not null,
  created_at timestamptz not null default now(),
  only_one boolean primary key default true check (only_one)
);

create table charter (
  sha256 text primary key,
  document jsonb not null,
  in_force_from timestamptz not null
);

create table team (
  id uuid primary key default gen_random_uuid(),
  name text not null unique
);

create table person (
  id uuid primary key default gen_random_uuid(),
  login text not null unique,
  name text not null,
  team uuid references team,
  zone text not null
);

create table schedule (
  person uuid not null references person on delete cascade,
  started_at timestamptz not null,
  ended_at timestamptz not null check (ended_at > started_at),
  breaks jsonb not null default '[]',
  primary key (person, started_at)
);

create table account (
  id uuid primary key default gen_random_uuid(),
  login text not null unique,
  name text not null,
  role text not null check (role in ('technician', 'health', 'representative', 'employer', 'operator')),
  person uuid unique references person,
  password_hash text not null,
  created_at timestamptz not null default now(),
  check ((role = 'technician') = (person is not null))
);

-- A session is known by the hash of its cookie.
create table session (
  token_hash bytea primary key,
  account uuid not null references account on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index on session (account);

-- One-time links to create an account.
create table invitation (
  token_hash bytea primary key,
  role text not null,
  person uuid references person,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- One-time codes for one workstation, and tokens for the people named in a file.
create table enrolment (
  code_hash bytea primary key,
  kind text not null check (kind in ('code', 'token')),
  people uuid[] not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (kind = 'token' or cardinality(people) = 1)
);

create table workstation (
  id uuid primary key default gen_random_uuid(),
  person uuid not null references person,
  public_key bytea not null,
  epoch integer not null default 1,
  by_token boolean not null,
  enrolled_at timestamptz not null,
  seen_on date,
  revoked_at timestamptz
);
create index on workstation (person);
create unique index on workstation (person) where by_token and revoked_at is null;

create view my_person with (security_barrier) as
  select id, name, zone from person where id = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_schedule with (security_barrier) as
  select started_at, ended_at, breaks from schedule
  where person = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_workstation with (security_barrier) as
  select id, enrolled_at, revoked_at from workstation
  where person = nullif(current_setting('etabli.person', true), '')::uuid;

-- A person makes codes for themselves alone: the check refuses a row this view would not show.
create view my_enrolment with (security_barrier) as
  select code_hash, kind, people, expires_at from enrolment
  where kind = 'code' and people = array[nullif(current_setting('etabli.person', true), '')::uuid]
  with local check option;

-- Uses a one-time code up, or a token for one of its people, and enrols the workstation. Where data are replayed or
-- simulated a token gives the same person the same workstation again, with the new key: what was sent before stays a
-- duplicate. On a real site it does not: whoever holds a token could take a person's workstation over with it.
-- No row: no such code.
create function enrol_workstation(code bytea, person_name text, key bytea, at timestamptz)
returns table (outcome text, workstation uuid, epoch integer, zone text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  found enrolment;
  who person;
  made workstation;
begin
  select * into found from enrolment where code_hash = code for update;
  if not found.code_hash is not null then
    return;
  end if;
  if found.expires_at <= at then
    return query select 'expired', null::uuid, null::integer, null::text;
    return;
  end if;
  if found.kind = 'code' then
    if found.used_at is not null then
      return query select 'used', null::uuid, null::integer, null::text;
      return;
    end if;
    update enrolment set used_at = at where code_hash = code;
    select * into who from person p where p.id = found.people[1];
  else
    select * into who from person p where p.id = any (found.people) and p.name = person_name;
    if who.id is null then
      return query select 'unknown_person', null::uuid, null::integer, null::text;
      return;
    end if;
    -- Two tokens may name one person: their enrolments take turns.
    perform from person p where p.id = who.id for update;
    if exists (select from site where mode <> 'real') then
      update workstation w set public_key = key
        where w.person = who.id and w.by_token and w.revoked_at is null returning * into made;
    elsif exists (select from workstation w where w.person = who.id and w.by_token and w.revoked_at is null) then
      return query select 'used', null::uuid, null::integer, null::text;
      return;
    end if;
  end if;
  if made.id is null then
    insert into workstation (person, public_key, by_token, enrolled_at)
      values (who.id, key, found.kind = 'token', at) returning * into made;
  end if;
  return query select 'enrolled', made.id, made.epoch, who.zone;
end
$$;

-- How many workstations were here on a day: the operator learns the number, never which.
create function count_seen_workstations(day date) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from workstation where seen_on = day and revoked_at is null
$$;

grant select, insert, update on site to etabli_operator;
grant select on site to etabli_auth, etabli_subject, etabli_jobs, etabli_ingest;
grant select, insert on charter to etabli_operator;
grant select on charter to etabli_auth, etabli_subject, etabli_ingest, etabli_jobs, etabli_audit, etabli_health;
grant select on my_person, my_schedule, my_workstation to etabli_subject;

grant select, insert, update on team, person to etabli_operator;
grant select, insert, update, delete on schedule to etabli_operator;
grant select (id, person, enrolled_at, revoked_at), update (revoked_at) on workstation to etabli_operator;
grant execute on function count_seen_workstations to etabli_operator;
grant insert on enrolment, invitation to etabli_operator;
grant insert on my_enrolment to etabli_subject;
grant select (id, login, name, role, person, created_at) on account to etabli_operator;

grant select, insert, update, delete on account to etabli_auth;
grant select, insert, update, delete on session to etabli_auth;
grant select, insert, update on invitation to etabli_auth;
grant select (code_hash, kind, expires_at) on enrolment to etabli_auth;
grant select (id, login, name, zone) on person to etabli_auth;
grant select on workstation to etabli_auth;
grant update (epoch, seen_on) on workstation to etabli_auth;
grant execute on function enrol_workstation to etabli_auth;
