-- The hashes noted for a person's own batches, so that they can compare what left their workstation with what came.
set local role etabli_owner;

create view my_receipt with (security_barrier) as
  select workstation, epoch, seq, sha256 from receipt
  where workstation in (
    select id from workstation where person = nullif(current_setting('etabli.person', true), '')::uuid
  );

grant select on my_receipt to etabli_subject;
