-- What the agents send. No row-level security: it leaks through chunks and excludes compression. Nobody has a
-- grant on these tables but the writer (insert) and the jobs; a person reads through the security_barrier views.
set local role etabli_owner;

-- Decides duplicates, in the transaction of the rows: a hypertable cannot hold this key.
create table receipt (
  workstation uuid not null,
  epoch integer not null,
  seq bigint not null,
  sha256 bytea not null,
  stored_at timestamptz not null,
  primary key (workstation, epoch, seq)
);

create table work_span (
  person uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  start_offset smallint not null,
  end_offset smallint not null,
  kind text not null,
  source text not null,
  label text,
  task text,
  origin text,
  allotted integer,
  scripted boolean,
  complexity smallint,
  waiting_on text,
  truncated boolean,
  workstation uuid not null,
  epoch integer not null,
  seq bigint not null,
  index smallint not null
);

create table focus_span (
  person uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  start_offset smallint not null,
  end_offset smallint not null,
  source text not null,
  label text not null,
  task text,
  origin text,
  truncated boolean,
  workstation uuid not null,
  epoch integer not null,
  seq bigint not null,
  index smallint not null
);

create table mark (
  person uuid not null,
  at timestamptz not null,
  at_offset smallint not null,
  kind text not null,
  task text,
  label text,
  origin text,
  until_at timestamptz,
  until_offset smallint,
  due_at timestamptz,
  due_offset smallint,
  remaining double precision,
  workstation uuid not null,
  epoch integer not null,
  seq bigint not null,
  index smallint not null
);

create table tally (
  person uuid not null,
  started_at timestamptz not null,
  start_offset smallint not null,
  label text not null,
  active_seconds smallint not null,
  keys integer not null,
  clicks integer not null,
  double_clicks integer not null,
  scrolls integer not null,
  pauses smallint not null,
  workstation uuid not null,
  epoch integer not null,
  seq bigint not null,
  index smallint not null
);

select create_hypertable('work_span', by_range('started_at', interval '1 day'), create_default_indexes => false);
select create_hypertable('focus_span', by_range('started_at', interval '1 day'), create_default_indexes => false);
select create_hypertable('mark', by_range('at', interval '1 day'), create_default_indexes => false);
select create_hypertable('tally', by_range('started_at', interval '1 day'), create_default_indexes => false);

create index on work_span (person, started_at);
create index on focus_span (person, started_at);
create index on mark (person, at);
create index on tally (person, started_at);

alter table work_span set (timescaledb.enable_columnstore, timescaledb.segmentby = 'person', timescaledb.orderby = 'started_at');
alter table focus_span set (timescaledb.enable_columnstore, timescaledb.segmentby = 'person', timescaledb.orderby = 'started_at');
alter table mark set (timescaledb.enable_columnstore, timescaledb.segmentby = 'person', timescaledb.orderby = 'at');
alter table tally set (timescaledb.enable_columnstore, timescaledb.segmentby = 'person', timescaledb.orderby = 'started_at');

-- Losses the agents told: batches that will never come.
create table gap (
  person uuid not null,
  workstation uuid not null,
  epoch integer not null,
  from_seq bigint not null,
  to_seq bigint not null,
  reason text not null,
  told_at timestamptz not null,
  primary key (workstation, epoch, from_seq, to_seq)
);
create index on gap (person, told_at);

-- The telephone system's half hours. They name nobody.
create table queue_half_hour (
  queue text not null,
  started_at timestamptz not null,
  start_offset smallint not null,
  offered integer not null,
  answered integer not null,
  handle_seconds integer not null,
  primary key (queue, started_at)
);

-- Claims the numbers of many batches at once. The writer may insert receipts and never read them: this answers for
-- each number whether it was free (stored), taken by the same bytes (duplicate) or by others (conflict).
create function claim_receipts(workstations uuid[], epochs integer[], seqs bigint[], hashes bytea[], at timestamptz)
returns table (nth integer, outcome text)
language sql security definer set search_path = public, pg_temp as $$
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
$$;

-- An agent can tell a batch as lost whose acknowledgement it never saw. What is in the store is no loss: of each
-- range told, only the stretches without a receipt are kept. The writer may not read receipts, so the owner does.
create function tell_gaps(people uuid[], workstations uuid[], epochs integer[], froms bigint[], tos bigint[],
  reasons text[], at timestamptz)
returns void
language sql security definer set search_path = public, pg_temp as $$
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
$$;

create view my_work_span with (security_barrier) as
  select * from work_span where person = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_focus_span with (security_barrier) as
  select * from focus_span where person = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_mark with (security_barrier) as
  select * from mark where person = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_tally with (security_barrier) as
  select * from tally where person = nullif(current_setting('etabli.person', true), '')::uuid;
create view my_gap with (security_barrier) as
  select * from gap where person = nullif(current_setting('etabli.person', true), '')::uuid;

grant execute on function claim_receipts, tell_gaps to etabli_ingest;
grant insert on work_span, focus_span, mark, tally to etabli_ingest;
grant insert, update, select on queue_half_hour to etabli_ingest;
grant select on my_work_span, my_focus_span, my_mark, my_tally, my_gap to etabli_subject;
grant select on queue_half_hour to etabli_subject, etabli_health, etabli_audit, etabli_jobs;

-- Jobs run these; the tables stay closed to them. Chunks are dropped whole, compressed after two days.
create function drop_raw_before(at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
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
$$;

create function compress_raw_before(at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
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
$$;

grant execute on function drop_raw_before, compress_raw_before to etabli_jobs;
