-- Without pg_temp at the end of its path a function of the owner would take a caller's temporary table for ours.
set local role etabli_owner;

alter function enrol_workstation set search_path = public, pg_temp;
alter function claim_receipts set search_path = public, pg_temp;
alter function drop_raw_before set search_path = public, pg_temp;
alter function compress_raw_before set search_path = public, pg_temp;
