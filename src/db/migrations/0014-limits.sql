-- What Zoho's limits did to a connection lately, so that pauses go on growing after a restart; null: nothing.
alter table connections add column throttle jsonb;
-- Credits that Zoho said were left, to all who use the org's day, and when.
alter table connections add column credits_left integer;
alter table connections add column credits_left_at timestamptz;
-- Work that can wait (history, roles, comparisons) rests until then, so that others have credits left; null: it does not.
alter table connections add column background_rests_until timestamptz;
-- Part of the org's daily credits that is left to others.
alter table organizations add column credits_kept_percent integer not null default 20 check (credits_kept_percent between 0 and 90);
