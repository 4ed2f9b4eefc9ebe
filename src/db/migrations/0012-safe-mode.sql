-- The canary, constants for mandatory fields, and leaving.
-- Kinds of writes that were seen to mail nobody; null: no canary was finished, so safe mode decides.
alter table connections add column mail_modes jsonb;
