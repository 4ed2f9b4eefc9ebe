-- What people look at: lists in their order, and links found from the record's side.
create index link_decisions_record on link_decisions (organization_id, module, record_id) include (meeting_id, decision, origin);
create index crm_deals_stage on crm_deals (organization_id, stage) where deleted_at is null;
create index crm_contacts_in_order on crm_contacts (organization_id, lower(name) collate "C", id) where deleted_at is null;
create index crm_leads_in_order on crm_leads (organization_id, lower(name) collate "C", id) where deleted_at is null;
create index crm_accounts_in_order on crm_accounts (organization_id, lower(name) collate "C", id) where deleted_at is null;
-- Open deals first, then those that close last: `0001-01-01` stands for no date.
create index crm_deals_in_order on crm_deals (organization_id, is_open desc, coalesce(closing_date, date '0001-01-01') desc, id desc)
  where deleted_at is null;
create index meetings_failed_or_different on meetings (organization_id, starts_at desc, id desc)
  where state = 'failed' or state = 'held' or differences <> '{}';
