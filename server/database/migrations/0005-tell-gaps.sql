-- An agent can tell a batch as lost whose acknowledgement it never saw. What is in the store is no loss: of each
-- range told, only the stretches without a receipt are kept. The writer may not read receipts, so the owner does.
set local role etabli_owner;

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

grant execute on function tell_gaps to etabli_ingest;
revoke insert on gap from etabli_ingest;
