-- What was booked must be provable later: nobody changes or deletes an audit event, not even the application.
create function audit_events_refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'audit events are never changed or deleted';
end
$$;

create trigger audit_events_append_only
before update or delete on audit_events
for each row execute function audit_events_refuse_change();
