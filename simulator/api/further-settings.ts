import { missingParameter, noPermission, type Reply } from '../http/failure.ts';
import { baseCurrency, currencies } from '../metadata/currencies.ts';
import { generalPermissions, hasPermission } from '../world/permissions.ts';
import { type Call, requireScope } from './call.ts';
import { moduleParameter } from './settings.ts';

/** `GET /settings/custom_views?module=`: the one view that every module has. Source: Zoho CRM API v8, Custom Views. */
export function listCustomViews(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.custom_views.READ');
  const module = moduleParameter(call);
  const id = call.org.fixedId(401 + call.org.modules.indexOf(module));
  if (call.parts.id !== undefined && call.parts.id !== id) return { status: 204 };
  const name = `All ${module.plural}`;
  const view = {
    id,
    name,
    display_value: name,
    system_name: 'ALLVIEWS',
    default: true,
    system_defined: true,
    category: 'public_views',
    access_type: 'public',
    module: { api_name: module.apiName, id: module.id },
    fields: [{ api_name: module.nameField, id: call.org.field(module, module.nameField)?.id ?? null }],
    criteria: null,
    sort_by: null,
    sort_order: null,
    favorite: null,
    locked: false,
  };
  const info = { per_page: 200, default: id, count: 1, page: 1, more_records: false };
  return { status: 200, body: { custom_views: [view], info } };
}

/** `GET /settings/pipeline?layout_id=`: the standard pipeline with all stages. Source: Zoho CRM API v8, Pipeline. */
export function listPipelines(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.pipeline.READ');
  if (call.query.get('layout_id') === null) throw missingParameter('layout_id');
  const id = call.org.fixedId(701);
  if (call.parts.id !== undefined && call.parts.id !== id) return { status: 204 };
  const maps = [...call.org.stages.rows()].map((stage) => ({
    display_value: stage.name,
    actual_value: stage.name,
    id: stage.id,
    sequence_number: stage.sequence,
    forecast_type: stage.forecastType,
    forecast_category: { name: stage.forecastType === 'Open' ? 'Pipeline' : 'Closed', id: null },
    delete: false,
  }));
  const pipeline = {
    id,
    display_value: 'Standard (Standard)',
    actual_value: 'Standard (Standard)',
    default: true,
    child_available: false,
    parent: null,
    maps,
  };
  return { status: 200, body: { pipeline: [pipeline] } };
}

/** Modules whose default sharing an admin may choose. Source: Zoho CRM API v8, Retrieve Default Data Sharing Settings. */
const shared = ['Leads', 'Accounts', 'Contacts', 'Deals', 'Tasks', 'Events', 'Calls'];

/** `GET /settings/data_sharing`: who sees records of others. Needs the right to customize modules. */
export function listDataSharing(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.data_sharing.READ');
  if (!hasPermission(call.org, call.user, generalPermissions.customize)) {
    throw noPermission(generalPermissions.customize);
  }
  const data_sharing = shared.map((name) => ({
    share_type: name === 'Events' ? call.world.switches.text('eventsSharing') : 'public',
    public_in_portals: false,
    rule_computation_running: false,
    module: { api_name: name, id: call.org.module(name)?.id ?? null },
  }));
  return { status: 200, body: { data_sharing } };
}

/** `GET /org/currencies`. */
export function listCurrencies(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.currencies.READ');
  const known = call.world.switches.isOn('multiCurrency') ? currencies : currencies.slice(0, 1);
  const shown = known.map((one, index) => ({
    id: call.org.fixedId(801 + index),
    name: one.name,
    iso_code: one.iso,
    symbol: one.symbol,
    prefix_symbol: true,
    exchange_rate: one.rate.toFixed(9),
    is_active: true,
    is_base: one.iso === baseCurrency,
    format: { decimal_separator: 'Period', thousand_separator: 'Comma', decimal_places: '2' },
  }));
  return { status: 200, body: { currencies: shown } };
}
