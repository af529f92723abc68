-- The schema all migrations together make, as the catalogue tells it. Not run: read it to see what a migration changed.
-- Rewritten by: UPDATE_SCHEMA=1 npx vitest run --config test/vitest.config.ts test/server/database/schema

-- roles
etabli_audit
etabli_auth
etabli_health
etabli_ingest
etabli_jobs
etabli_operator
etabli_owner
etabli_subject
etabli_vault

-- relations
table account owner etabli_owner
table charter owner etabli_owner
table enrolment owner etabli_owner
table focus_span owner etabli_owner
table gap owner etabli_owner
table invitation owner etabli_owner
table mark owner etabli_owner
table migration owner database owner
view my_enrolment owner etabli_owner security_barrier=true check_option=local
view my_focus_span owner etabli_owner security_barrier=true
view my_gap owner etabli_owner security_barrier=true
view my_mark owner etabli_owner security_barrier=true
view my_person owner etabli_owner security_barrier=true
view my_receipt owner etabli_owner security_barrier=true
view my_schedule owner etabli_owner security_barrier=true
view my_tally owner etabli_owner security_barrier=true
view my_work_span owner etabli_owner security_barrier=true
view my_workstation owner etabli_owner security_barrier=true
table person owner etabli_owner
table queue_half_hour owner etabli_owner
table receipt owner etabli_owner
table schedule owner etabli_owner
table session owner etabli_owner
table site owner etabli_owner
table tally owner etabli_owner
table team owner etabli_owner
table work_span owner etabli_owner
table workstation owner etabli_owner

-- columns
account.id uuid not null default gen_random_uuid()
account.login text not null
account.name text not null
account.role text not null
account.person uuid
account.password_hash text not null
account.created_at timestamp with time zone not null default now()
charter.sha256 text not null
charter.document jsonb not null
charter.in_force_from timestamp with time zone not null
enrolment.code_hash bytea not null
enrolment.kind text not null
enrolment.people uuid[] not null
enrolment.expires_at timestamp with time zone not null
enrolment.used_at timestamp with time zone
focus_span.person uuid not null
focus_span.started_at timestamp with time zone not null
focus_span.ended_at timestamp with time zone not null
focus_span.start_offset smallint not null
focus_span.end_offset smallint not null
focus_span.source text not null
focus_span.label text not null
focus_span.task text
focus_span.origin text
focus_span.truncated boolean
focus_span.workstation uuid not null
focus_span.epoch integer not null
focus_span.seq bigint not null
focus_span.index smallint not null
gap.person uuid not null
gap.workstation uuid not null
gap.epoch integer not null
gap.from_seq bigint not null
gap.to_seq bigint not null
gap.reason text not null
gap.told_at timestamp with time zone not null
invitation.token_hash bytea not null
invitation.role text not null
invitation.person uuid
invitation.expires_at timestamp with time zone not null
invitation.used_at timestamp with time zone
mark.person uuid not null
mark.at timestamp with time zone not null
mark.at_offset smallint not null
mark.kind text not null
mark.task text
mark.label text
mark.origin text
mark.until_at timestamp with time zone
mark.until_offset smallint
mark.due_at timestamp with time zone
mark.due_offset smallint
mark.remaining double precision
mark.workstation uuid not null
mark.epoch integer not null
mark.seq bigint not null
mark.index smallint not null
migration.name text not null
migration.applied_at timestamp with time zone not null default now()
my_enrolment.code_hash bytea
my_enrolment.kind text
my_enrolment.people uuid[]
my_enrolment.expires_at timestamp with time zone
my_focus_span.person uuid
my_focus_span.started_at timestamp with time zone
my_focus_span.ended_at timestamp with time zone
my_focus_span.start_offset smallint
my_focus_span.end_offset smallint
my_focus_span.source text
my_focus_span.label text
my_focus_span.task text
my_focus_span.origin text
my_focus_span.truncated boolean
my_focus_span.workstation uuid
my_focus_span.epoch integer
my_focus_span.seq bigint
my_focus_span.index smallint
my_gap.person uuid
my_gap.workstation uuid
my_gap.epoch integer
my_gap.from_seq bigint
my_gap.to_seq bigint
my_gap.reason text
my_gap.told_at timestamp with time zone
my_mark.person uuid
my_mark.at timestamp with time zone
my_mark.at_offset smallint
my_mark.kind text
my_mark.task text
my_mark.label text
my_mark.origin text
my_mark.until_at timestamp with time zone
my_mark.until_offset smallint
my_mark.due_at timestamp with time zone
my_mark.due_offset smallint
my_mark.remaining double precision
my_mark.workstation uuid
my_mark.epoch integer
my_mark.seq bigint
my_mark.index smallint
my_person.id uuid
my_person.name text
my_person.zone text
my_receipt.workstation uuid
my_receipt.epoch integer
my_receipt.seq bigint
my_receipt.sha256 bytea
my_schedule.started_at timestamp with time zone
my_schedule.ended_at timestamp with time zone
my_schedule.breaks jsonb
my_tally.person uuid
my_tally.started_at timestamp with time zone
my_tally.start_offset smallint
my_tally.label text
my_tally.active_seconds smallint
my_tally.keys integer
my_tally.clicks integer
my_tally.double_clicks integer
my_tally.scrolls integer
my_tally.pauses smallint
my_tally.workstation uuid
my_tally.epoch integer
my_tally.seq bigint
my_tally.index smallint
my_work_span.person uuid
my_work_span.started_at timestamp with time zone
my_work_span.ended_at timestamp with time zone
my_work_span.start_offset smallint
my_work_span.end_offset smallint
my_work_span.kind text
my_work_span.source text
my_work_span.label text
my_work_span.task text
my_work_span.origin text
my_work_span.allotted integer
my_work_span.scripted boolean
my_work_span.complexity smallint
my_work_span.waiting_on text
my_work_span.truncated boolean
my_work_span.workstation uuid
my_work_span.epoch integer
my_work_span.seq bigint
my_work_span.index smallint
my_workstation.id uuid
my_workstation.enrolled_at timestamp with time zone
my_workstation.revoked_at timestamp with time zone
person.id uuid not null default gen_random_uuid()
person.login text not null
person.name text not null
person.team uuid
person.zone text not null
queue_half_hour.queue text not null
queue_half_hour.started_at timestamp with time zone not null
queue_half_hour.start_offset smallint not null
queue_half_hour.offered integer not null
queue_half_hour.answered integer not null
queue_half_hour.handle_seconds integer not null
receipt.workstation uuid not null
receipt.epoch integer not null
receipt.seq bigint not null
receipt.sha256 bytea not null
receipt.stored_at timestamp with time zone not null
schedule.person uuid not null
schedule.started_at timestamp with time zone not null
schedule.ended_at timestamp with time zone not null
schedule.breaks jsonb not null default '[]'::jsonb
session.token_hash bytea not null
session.account uuid not null
session.created_at timestamp with time zone not null
session.seen_at timestamp with time zone not null
site.id uuid not null default gen_random_uuid()
site.mode text not null
site.zone text not null
site.created_at timestamp with time zone not null default now()
site.only_one boolean not null default true
tally.person uuid not null
tally.started_at timestamp with time zone not null
tally.start_offset smallint not null
tally.label text not null
tally.active_seconds smallint not null
tally.keys integer not null
tally.clicks integer not null
tally.double_clicks integer not null
tally.scrolls integer not null
tally.pauses smallint not null
tally.workstation uuid not null
tally.epoch integer not null
tally.seq bigint not null
tally.index smallint not null
team.id uuid not null default gen_random_uuid()
team.name text not null
work_span.person uuid not null
work_span.started_at timestamp with time zone not null
work_span.ended_at timestamp with time zone not null
work_span.start_offset smallint not null
work_span.end_offset smallint not null
work_span.kind text not null
work_span.source text not null
work_span.label text
work_span.task text
work_span.origin text
work_span.allotted integer
work_span.scripted boolean
work_span.complexity smallint
work_span.waiting_on text
work_span.truncated boolean
work_span.workstation uuid not null
work_span.epoch integer not null
work_span.seq bigint not null
work_span.index smallint not null
workstation.id uuid not null default gen_random_uuid()
workstation.person uuid not null
workstation.public_key bytea not null
workstation.epoch integer not null default 1
workstation.by_token boolean not null
workstation.enrolled_at timestamp with time zone not null
workstation.seen_on date
workstation.revoked_at timestamp with time zone

-- constraints
account: CHECK (((role = 'technician'::text) = (person IS NOT NULL)))
account: CHECK ((role = ANY (ARRAY['technician'::text, 'health'::text, 'representative'::text, 'employer'::text, 'operator'::text])))
account: FOREIGN KEY (person) REFERENCES person(id)
account: PRIMARY KEY (id)
account: UNIQUE (login)
account: UNIQUE (person)
charter: PRIMARY KEY (sha256)
enrolment: CHECK (((kind = 'token'::text) OR (cardinality(people) = 1)))
enrolment: CHECK ((kind = ANY (ARRAY['code'::text, 'token'::text])))
enrolment: PRIMARY KEY (code_hash)
gap: PRIMARY KEY (workstation, epoch, from_seq, to_seq)
invitation: FOREIGN KEY (person) REFERENCES person(id)
invitation: PRIMARY KEY (token_hash)
migration: PRIMARY KEY (name)
person: FOREIGN KEY (team) REFERENCES team(id)
person: PRIMARY KEY (id)
person: UNIQUE (login)
queue_half_hour: PRIMARY KEY (queue, started_at)
receipt: PRIMARY KEY (workstation, epoch, seq)
schedule: CHECK ((ended_at > started_at))
schedule: FOREIGN KEY (person) REFERENCES person(id) ON DELETE CASCADE
schedule: PRIMARY KEY (person, started_at)
session: FOREIGN KEY (account) REFERENCES account(id) ON DELETE CASCADE
session: PRIMARY KEY (token_hash)
site: CHECK ((mode = ANY (ARRAY['real'::text, 'demo'::text, 'replay'::text])))
site: CHECK (only_one)
site: PRIMARY KEY (only_one)
team: PRIMARY KEY (id)
team: UNIQUE (name)
workstation: FOREIGN KEY (person) REFERENCES person(id)
workstation: PRIMARY KEY (id)

-- indexes
CREATE UNIQUE INDEX account_login_key ON account USING btree (login)
CREATE UNIQUE INDEX account_person_key ON account USING btree (person)
CREATE UNIQUE INDEX account_pkey ON account USING btree (id)
CREATE UNIQUE INDEX charter_pkey ON charter USING btree (sha256)
CREATE UNIQUE INDEX enrolment_pkey ON enrolment USING btree (code_hash)
CREATE INDEX focus_span_person_started_at_idx ON focus_span USING btree (person, started_at)
CREATE INDEX gap_person_told_at_idx ON gap USING btree (person, told_at)
CREATE UNIQUE INDEX gap_pkey ON gap USING btree (workstation, epoch, from_seq, to_seq)
CREATE UNIQUE INDEX invitation_pkey ON invitation USING btree (token_hash)
CREATE INDEX mark_person_at_idx ON mark USING btree (person, at)
CREATE UNIQUE INDEX migration_pkey ON migration USING btree (name)
CREATE UNIQUE INDEX person_login_key ON person USING btree (login)
CREATE UNIQUE INDEX person_pkey ON person USING btree (id)
CREATE UNIQUE INDEX queue_half_hour_pkey ON queue_half_hour USING btree (queue, started_at)
CREATE UNIQUE INDEX receipt_pkey ON receipt USING btree (workstation, epoch, seq)
CREATE UNIQUE INDEX schedule_pkey ON schedule USING btree (person, started_at)
CREATE INDEX session_account_idx ON session USING btree (account)
CREATE UNIQUE INDEX session_pkey ON session USING btree (token_hash)
CREATE UNIQUE INDEX site_pkey ON site USING btree (only_one)
CREATE INDEX tally_person_started_at_idx ON tally USING btree (person, started_at)
CREATE UNIQUE INDEX team_name_key ON team USING btree (name)
CREATE UNIQUE INDEX team_pkey ON team USING btree (id)
CREATE INDEX work_span_person_started_at_idx ON work_span USING btree (person, started_at)
CREATE INDEX workstation_person_idx ON workstation USING btree (person)
CREATE UNIQUE INDEX workstation_person_idx1 ON workstation USING btree (person) WHERE (by_token AND (revoked_at IS NULL))
CREATE UNIQUE INDEX workstation_pkey ON workstation USING btree (id)

-- hypertables
focus_span by started_at every 1 day
mark by at every 1 day
tally by started_at every 1 day
work_span by started_at every 1 day

-- columnstore
focus_span segment by person order by started_at asc
mark segment by person order by at asc
tally segment by person order by started_at asc
work_span segment by person order by started_at asc

-- views
my_enrolment
 SELECT code_hash,
    kind,
    people,
    expires_at
   FROM enrolment
  WHERE kind = 'code'::text AND people = ARRAY[NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid];
my_focus_span
 SELECT person,
    started_at,
    ended_at,
    start_offset,
    end_offset,
    source,
    label,
    task,
    origin,
    truncated,
    workstation,
    epoch,
    seq,
    index
   FROM focus_span
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_gap
 SELECT person,
    workstation,
    epoch,
    from_seq,
    to_seq,
    reason,
    told_at
   FROM gap
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_mark
 SELECT person,
    at,
    at_offset,
    kind,
    task,
    label,
    origin,
    until_at,
    until_offset,
    due_at,
    due_offset,
    remaining,
    workstation,
    epoch,
    seq,
    index
   FROM mark
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_person
 SELECT id,
    name,
    zone
   FROM person
  WHERE id = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_receipt
 SELECT workstation,
    epoch,
    seq,
    sha256
   FROM receipt
  WHERE (workstation IN ( SELECT id
           FROM workstation
          WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid));
my_schedule
 SELECT started_at,
    ended_at,
    breaks
   FROM schedule
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_tally
 SELECT person,
    started_at,
    start_offset,
    label,
    active_seconds,
    keys,
    clicks,
    double_clicks,
    scrolls,
    pauses,
    workstation,
    epoch,
    seq,
    index
   FROM tally
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_work_span
 SELECT person,
    started_at,
    ended_at,
    start_offset,
    end_offset,
    kind,
    source,
    label,
    task,
    origin,
    allotted,
    scripted,
    complexity,
    waiting_on,
    truncated,
    workstation,
    epoch,
    seq,
    index
   FROM work_span
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;
my_workstation
 SELECT id,
    enrolled_at,
    revoked_at
   FROM workstation
  WHERE person = NULLIF(current_setting('etabli.person'::text, true), ''::text)::uuid;

-- functions
CREATE OR REPLACE FUNCTION public.claim_receipts(workstations uuid[], epochs integer[], seqs bigint[], hashes bytea[], at timestamp with time zone)
 RETURNS TABLE(nth integer, outcome text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with asked as (
    select w, e, s, h, n::integer
    from unnest(workstations, epochs, seqs, hashes) with ordinality as a (w, e, s, h, n)
  ), claimed as (
    insert into receipt (workstation, epoch, seq, sha256, stored_at)
    select w, e, s, h, at from asked order by w, e, s
    on conflict do nothing
    returning workstation, epoch, seq
  )
  select a.n - 1,
    case
      when c.seq is not null then 'stored'
      when r.sha256 is null then 'retry'
      when r.sha256 = a.h then 'duplicate'
      else 'conflict'
    end
  from asked a
  left join claimed c on c.workstation = a.w and c.epoch = a.e and c.seq = a.s
  left join receipt r on r.workstation = a.w and r.epoch = a.e and r.seq = a.s
$function$
CREATE OR REPLACE FUNCTION public.compress_raw_before(at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  compressed integer := 0;
  chunk regclass;
  name text;
begin
  foreach name in array array['work_span', 'focus_span', 'mark', 'tally'] loop
    for chunk in select show_chunks(name::regclass, older_than => at) loop
      perform compress_chunk(chunk, if_not_compressed => true);
      compressed := compressed + 1;
    end loop;
  end loop;
  return compressed;
end
$function$
CREATE OR REPLACE FUNCTION public.count_seen_workstations(day date)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select count(*)::integer from workstation where seen_on = day and revoked_at is null
$function$
CREATE OR REPLACE FUNCTION public.drop_raw_before(at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  dropped integer := 0;
  more integer;
  name text;
begin
  foreach name in array array['work_span', 'focus_span', 'mark', 'tally'] loop
    select count(*) into more from drop_chunks(name::regclass, older_than => at);
    dropped := dropped + more;
  end loop;
  return dropped;
end
$function$
CREATE OR REPLACE FUNCTION public.enrol_workstation(code bytea, person_name text, key bytea, at timestamp with time zone)
 RETURNS TABLE(outcome text, workstation uuid, epoch integer, zone text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
$function$
CREATE OR REPLACE FUNCTION public.tell_gaps(people uuid[], workstations uuid[], epochs integer[], froms bigint[], tos bigint[], reasons text[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with told as (
    select p, w, e, f, t, reason, n
    from unnest(people, workstations, epochs, froms, tos, reasons) with ordinality as a (p, w, e, f, t, reason, n)
  ), held as (
    select told.*, r.seq from told
    join receipt r on r.workstation = w and r.epoch = e and r.seq between f and t
    union all
    select told.*, t + 1 from told
  ), stretch as (
    select p, w, e, reason, coalesce(lag(seq) over (partition by n order by seq), f - 1) + 1 as first, seq - 1 as last
    from held
  )
  insert into gap (person, workstation, epoch, from_seq, to_seq, reason, told_at)
  select p, w, e, first, last, reason, at from stretch where first <= last order by w, e, first, last
  on conflict do nothing
$function$

-- grants
delete, insert, select, update on account to etabli_auth
select on account (created_at) to etabli_operator
select on account (id) to etabli_operator
select on account (login) to etabli_operator
select on account (name) to etabli_operator
select on account (person) to etabli_operator
select on account (role) to etabli_operator
insert, select on charter to etabli_operator
select on charter to etabli_audit
select on charter to etabli_auth
select on charter to etabli_health
select on charter to etabli_ingest
select on charter to etabli_jobs
select on charter to etabli_subject
execute on claim_receipts(workstations uuid[], epochs integer[], seqs bigint[], hashes bytea[], at timestamp with time zone) to etabli_ingest
execute on compress_raw_before(at timestamp with time zone) to etabli_jobs
execute on count_seen_workstations(day date) to etabli_operator
execute on drop_raw_before(at timestamp with time zone) to etabli_jobs
execute on enrol_workstation(code bytea, person_name text, key bytea, at timestamp with time zone) to etabli_auth
insert on enrolment to etabli_operator
select on enrolment (code_hash) to etabli_auth
select on enrolment (expires_at) to etabli_auth
select on enrolment (kind) to etabli_auth
insert on focus_span to etabli_ingest
insert on invitation to etabli_operator
insert, select, update on invitation to etabli_auth
insert on mark to etabli_ingest
insert on my_enrolment to etabli_subject
select on my_focus_span to etabli_subject
select on my_gap to etabli_subject
select on my_mark to etabli_subject
select on my_person to etabli_subject
select on my_receipt to etabli_subject
select on my_schedule to etabli_subject
select on my_tally to etabli_subject
select on my_work_span to etabli_subject
select on my_workstation to etabli_subject
insert, select, update on person to etabli_operator
select on person (id) to etabli_auth
select on person (login) to etabli_auth
select on person (name) to etabli_auth
select on person (zone) to etabli_auth
insert, select, update on queue_half_hour to etabli_ingest
select on queue_half_hour to etabli_audit
select on queue_half_hour to etabli_health
select on queue_half_hour to etabli_jobs
select on queue_half_hour to etabli_subject
delete, insert, select, update on schedule to etabli_operator
create, usage on schema public to etabli_owner
usage on schema public to etabli_audit
usage on schema public to etabli_auth
usage on schema public to etabli_health
usage on schema public to etabli_ingest
usage on schema public to etabli_jobs
usage on schema public to etabli_operator
usage on schema public to etabli_subject
usage on schema public to etabli_vault
delete, insert, select, update on session to etabli_auth
insert, select, update on site to etabli_operator
select on site to etabli_auth
select on site to etabli_ingest
select on site to etabli_jobs
select on site to etabli_subject
insert on tally to etabli_ingest
insert, select, update on team to etabli_operator
execute on tell_gaps(people uuid[], workstations uuid[], epochs integer[], froms bigint[], tos bigint[], reasons text[], at timestamp with time zone) to etabli_ingest
insert on work_span to etabli_ingest
select on workstation to etabli_auth
select on workstation (enrolled_at) to etabli_operator
update on workstation (epoch) to etabli_auth
select on workstation (id) to etabli_operator
select on workstation (person) to etabli_operator
select, update on workstation (revoked_at) to etabli_operator
update on workstation (seen_on) to etabli_auth
