-- What the connecting user may do in Zoho, as it was tested last, and when the connection was last seen alive.
alter table connections
  add column rights jsonb,
  add column rights_checked_at timestamptz,
  add column next_probe_at timestamptz,
  add column probed_at timestamptz,
  add column broken_at timestamptz;
