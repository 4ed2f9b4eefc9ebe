import { invalidModule, missingParameter, type Reply } from '../http/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Field, jsonType } from '../metadata/field.ts';
import { layoutRules } from '../world/layout-rules.ts';
import type { Module } from '../world/org.ts';
import { profileNumbers } from '../world/org.ts';
import { type Call, isAllowed, requireScope } from './call.ts';
import { lengthOf } from './check-value.ts';
import { relatedListsOf } from './related-records.ts';
import { visibleFields } from './render-record.ts';
import { isRestricted } from './withheld.ts';

/** `GET /settings/modules` and `GET /settings/modules/{module}`. Source: Zoho CRM API v8, Modules Metadata. */
export function listModules(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.modules.READ');
  const named = call.parts.name;
  if (named === undefined)
    return { status: 200, body: { modules: call.org.modules.map((one, index) => renderModule(call, one, index)) } };
  const module = call.org.module(named) ?? call.org.modules.find((one) => one.id === named);
  if (!module) throw invalidModule(2);
  return {
    status: 200,
    body: {
      modules: [{ ...renderModule(call, module, call.org.modules.indexOf(module)), ...moduleDetail(call, module) }],
    },
  };
}

/** `GET /settings/fields?module=` and `GET /settings/fields/{id}?module=`. Source: Zoho CRM API v8, Fields Metadata. */
export function listFields(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.fields.READ');
  const module = moduleParameter(call);
  const all = visibleFields(call, module).filter((field) => call.query.get('type') !== 'unused' || !field);
  const chosen = call.parts.id === undefined ? all : all.filter((field) => field.id === call.parts.id);
  if (chosen.length === 0) return { status: 204 };
  return { status: 200, body: { fields: chosen.map((field, index) => renderField(call, module, field, index)) } };
}

/** `GET /settings/layouts?module=`: sections, and the stages of deals. Source: Zoho CRM API v8, Layouts Metadata. */
export function listLayouts(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.layouts.READ');
  const module = moduleParameter(call);
  if (call.parts.id !== undefined && call.parts.id !== module.layoutId) return { status: 204 };
  const fields = visibleFields(call, module).map((field, index) => ({
    ...renderField(call, module, field, index),
    required: field.isMandatory || layoutRules(call.org, module).required.includes(field.apiName),
    section_id: 1,
  }));
  const section = {
    display_label: `${module.singular} Information`,
    name: `${module.singular} Information`,
    api_name: `${module.singular.replaceAll(' ', '_')}_Information`,
    id: call.org.fixedId(900_000 + call.org.modules.indexOf(module)),
    sequence_number: 1,
    column_count: 2,
    tab_traversal: '2',
    type: 'used',
    isSubformSection: false,
    generated_type: 'default',
    fields,
  };
  const layout = {
    id: module.layoutId,
    name: 'Standard',
    api_name: 'Standard__s',
    display_label: 'Standard',
    status: 'active',
    visible: true,
    mode: 'view',
    generated_type: 'default',
    created_for: null,
    profiles: profileList(call),
    sections: [section],
    has_more_profiles: false,
    show_business_card: true,
  };
  return { status: 200, body: { layouts: [layout] } };
}

/** `GET /settings/related_lists?module=`. Source: Zoho CRM API v8, Related List Metadata. */
export function listRelatedLists(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.related_lists.READ');
  const module = moduleParameter(call);
  const moduleIndex = call.org.modules.indexOf(module);
  const lists = relatedListsOf(call, module).map((list, index) => {
    const target = call.org.module(list.module);
    return {
      id: call.org.fixedId(20_001 + moduleIndex * 50 + index),
      sequence_number: String(index + 1),
      display_label: list.label,
      api_name: list.apiName,
      name: list.label,
      module: target ? { api_name: target.apiName, id: target.id } : null,
      href: `${module.apiName}/{ENTITYID}/${list.apiName}`,
      action: null,
      type: 'default',
      connectedmodule: null,
      linkingmodule: null,
      status: 'visible',
    };
  });
  return lists.length === 0 ? { status: 204 } : { status: 200, body: { related_lists: lists } };
}

/** The module that `?module=` names. */
export function moduleParameter(call: Call): Module {
  const name = call.query.get('module');
  if (name === null || name === '') throw missingParameter('module');
  const module = call.org.module(name);
  if (!module) throw invalidModule();
  return module;
}

function renderModule(call: Call, module: Module, index: number): JsonObject {
  const isViewable = isAllowed(call, module, 'READ');
  return {
    id: module.id,
    api_name: module.apiName,
    module_name: module.internal,
    singular_label: module.singular,
    plural_label: module.plural,
    actual_singular_label: module.singular,
    actual_plural_label: module.plural,
    api_supported: true,
    viewable: isViewable,
    creatable: isAllowed(call, module, 'CREATE'),
    editable: isAllowed(call, module, 'UPDATE'),
    deletable: isAllowed(call, module, 'DELETE'),
    convertable: module.apiName === 'Leads',
    visible: true,
    visibility: 1,
    status: isViewable ? 'visible' : 'user_hidden',
    generated_type: module.generated ?? 'default',
    sequence_number: index + 1,
    profile_count: profileList(call).length,
    profiles: profileList(call),
    business_card_field_limit: 5,
    global_search_supported: true,
    quick_create: true,
    isBlueprintSupported: true,
    feeds_required: false,
    scoring_supported: false,
    webform_supported: true,
    inventory_template_supported: false,
    emailTemplate_support: true,
    triggers_supported: true,
    presence_sub_menu: true,
    has_more_profiles: false,
    access_type: 'org_based',
    parent_module: {},
    web_link: null,
    modified_by: null,
    modified_time: null,
    description: null,
    $field_states: [],
  };
}

function moduleDetail(call: Call, module: Module): JsonObject {
  return {
    display_field: module.nameField,
    search_layout_fields: [module.nameField],
    related_list_properties: { sort_by: null, fields: [module.nameField], sort_order: null },
    properties: [],
    per_page: 10,
    kanban_view: false,
    filter_supported: true,
    custom_view: {
      display_value: `All ${module.plural}`,
      name: `All ${module.plural}`,
      id: call.org.fixedId(401 + call.org.modules.indexOf(module)),
      system_name: 'ALLVIEWS',
    },
  };
}

function profileList(call: Call): { name: string; id: string }[] {
  return [
    { name: 'Administrator', id: call.org.fixedId(profileNumbers.administrator) },
    { name: 'Standard', id: call.org.fixedId(profileNumbers.standard) },
  ];
}

/** Field types as metadata names them; ours for participants and tags are internal. */
function dataTypeName(field: Field): string {
  if (field.type === 'participants') return 'bigint';
  if (field.type === 'tags') return 'text';
  return field.type;
}

/** One field as metadata shows it. */
export function renderField(call: Call, module: Module, field: Field, index: number): JsonObject {
  const isWritable = !field.isReadOnly;
  return {
    id: field.id,
    api_name: field.apiName,
    field_label: field.label,
    display_label: field.label,
    data_type: dataTypeName(field),
    json_type: jsonType(field.type),
    length: lengthOf(call, module, field),
    ...(field.isRichText ? { textarea: { type: 'rich_text' } } : {}),
    decimal_place: field.type === 'currency' || field.type === 'double' ? 2 : null,
    system_mandatory: field.isMandatory,
    read_only: field.isReadOnly,
    field_read_only: field.isReadOnly,
    custom_field: field.isCustom,
    visible: true,
    webhook: true,
    searchable: field.type !== 'textarea',
    sortable: field.type !== 'textarea',
    filterable: field.type !== 'textarea',
    mass_update: isWritable,
    quick_sequence_number: null,
    sequence_number: index + 1,
    ui_type: 1,
    created_source: field.isCustom ? 'user' : 'default',
    type: 'used',
    display_type: -1,
    display_format_properties: null,
    virtual_field: false,
    businesscard_supported: true,
    display_field: field.apiName === module.nameField,
    operation_type: { web_create: isWritable, web_update: isWritable, api_create: isWritable, api_update: isWritable },
    view_type: { view: true, edit: isWritable, quick_create: false, create: isWritable },
    profiles: profileList(call).map((one) => ({ ...one, permission_type: isWritable ? 'read_write' : 'read_only' })),
    unique: field.unique ? { casesensitive: field.unique.isCaseSensitive } : {},
    external: field.external ? { type: field.external, show: false } : null,
    lookup: lookupShape(call, field),
    multi_module_lookup:
      field.type === 'multi_module_lookup' ? { api_name: field.apiName, display_label: field.label, modules: [] } : {},
    pick_list_values: pickListValues(call, module, field),
    pick_list_values_sorted_lexically: false,
    enable_colour_code: false,
    default_value: null,
    tooltip: field.tooltip ?? null,
    currency: {},
    formula: {},
    auto_number: {},
    multiselectlookup: linkingShape(call, field),
    multiuserlookup: {},
    subform: null,
    association_details: null,
    history_tracking: null,
    history_tracking_enabled: false,
    private: isRestricted(call, module.apiName, field.apiName)
      ? { restricted: true, type: 'High', export: false }
      : null,
    crypt: null,
    blueprint_supported: true,
    static_field: false,
    additional_column: null,
    convert_mapping: null,
    created_time: null,
    modified_by: null,
  };
}

/** What stands behind a multi-select lookup. Source: Zoho CRM API v8, Linking Modules. */
function linkingShape(call: Call, field: Field): JsonObject {
  const linking = field.linking && call.org.module(field.linking.module);
  const connected = field.linking && call.org.module(field.linking.connected);
  if (!field.linking || !linking || !connected) return {};
  const lookup = (apiName: string) => ({ api_name: apiName, id: call.org.field(linking, apiName)?.id ?? null });
  return {
    display_label: field.label,
    api_name: field.apiName,
    linking_details: {
      module: {
        api_name: linking.apiName,
        id: linking.id,
        module_name: linking.internal,
        plural_label: linking.plural,
        visibility: 1,
      },
      lookup_field: lookup(field.linking.own),
      connected_lookup_field: lookup(field.linking.other),
    },
    connected_details: { module: { api_name: connected.apiName, id: connected.id } },
  };
}

function lookupShape(call: Call, field: Field): JsonObject {
  const target = field.type === 'lookup' ? call.org.module(field.lookup ?? '') : undefined;
  if (!target) return {};
  return {
    display_label: field.label,
    revalidate_filter_during_edit: false,
    api_name: null,
    module: { api_name: target.apiName, id: target.id },
    query_details: {},
    id: null,
  };
}

function pickListValues(call: Call, module: Module, field: Field): Json[] {
  if (field.apiName === 'Stage' && module.apiName === 'Deals') {
    return [...call.org.stages.rows()].map((stage) => ({
      display_value: stage.name ?? null,
      actual_value: stage.name ?? null,
      reference_value: stage.name ?? null,
      id: stage.id,
      sequence_number: stage.sequence ?? null,
      probability: stage.probability ?? null,
      forecast_type: stage.forecastType ?? null,
      forecast_category: { name: stage.forecastType === 'Open' ? 'Pipeline' : 'Closed', id: null },
      type: 'used',
      colour_code: null,
    }));
  }
  return (field.pickList ?? []).map((value, index) => ({
    display_value: value,
    actual_value: value,
    reference_value: value,
    id: `${field.id.slice(0, -6)}${String(index).padStart(2, '0')}${field.id.slice(-4)}`,
    sequence_number: index + 1,
    type: 'used',
    colour_code: null,
  }));
}
