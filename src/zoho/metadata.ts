import { z } from 'zod';
import { crmId, crmLookup } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { readBody, unreadable } from './read-answer.ts';
import type { ZohoFailure, ZohoTransport } from './transport.ts';

/** `kind` is production, sandbox, developer or bigin; `edition` is Zoho's own name of it. */
export type CrmOrganization = {
  id: string;
  zgid: string;
  name: string;
  kind: string;
  edition: string;
  licensedUsers: number;
  timeZone: string | null;
};

export type CrmUser = {
  id: string;
  email: string;
  name: string;
  isActive: boolean;
  isConfirmed: boolean;
  timeZone: string | null;
  profileId: string | null;
  profileName: string | null;
};

/** A profile with the names of its permissions, such as `Crm_Implied_View_Potentials`, and whether each is switched on. */
export type CrmProfile = { id: string; name: string; permissions: Map<string, boolean> };

/** What the calling user may do with a module: Zoho works these flags out for the caller. */
export type CrmModule = {
  apiName: string;
  /** Zoho's older name, which its permissions use: Deals are `Potentials`. */
  internalName: string;
  label: string;
  isApiSupported: boolean;
  isViewable: boolean;
  isCreatable: boolean;
  isEditable: boolean;
  isDeletable: boolean;
};

/** `length` is in characters where the type has one. `external` names the value space of an external field. */
export type CrmField = {
  id: string;
  apiName: string;
  label: string;
  dataType: string;
  length: number | null;
  external: 'org' | 'user' | null;
  isUnique: boolean;
  isMandatory: boolean;
  isReadOnly: boolean;
  isVisible: boolean;
  /** What people read who point at the field; null: nothing. */
  tooltip: string | null;
  /** Personal data that Zoho does not give to applications: the field is there and always empty. */
  isRestricted: boolean;
  picklistValues: string[];
};

/** A list that hangs on a module's records; `module` is null for lists that are not of one module. */
export type CrmRelatedList = { id: string; apiName: string; label: string; module: string | null; href: string | null };

type Read<T> = Promise<{ kind: 'read'; value: T } | ZohoFailure>;

const USERS_PAGE_SIZE = 200;

/** The org that the token is bound to. Source: Zoho CRM API v8, Get Organization. */
export async function readOrganization(transport: ZohoTransport, timing: CallTiming = {}): Read<CrmOrganization> {
  const answer = await transport.call({ method: 'GET', path: '/org', ...timingOf(timing) });
  return readBody(answer, organizationAnswer);
}

/** The user behind the token. Source: Zoho CRM API v8, Get Users. */
export async function readCurrentUser(transport: ZohoTransport, timing: CallTiming = {}): Read<CrmUser> {
  const query = { type: 'CurrentUser' };
  const answer = await transport.call({ method: 'GET', path: '/users', query, ...timingOf(timing) });
  const read = readBody(answer, usersAnswer);
  if (read.kind === 'failed') return read;
  const [user] = read.value.users;
  return user === undefined ? unreadable(answer, 'no current user') : { kind: 'read', value: user };
}

/** Every user of the org, inactive and unconfirmed ones included (they are told apart by their flags). */
export async function listUsers(transport: ZohoTransport, timing: CallTiming = {}): Read<CrmUser[]> {
  const users: CrmUser[] = [];
  for (let page = 1; ; page += 1) {
    const query = { type: 'AllUsers', page: String(page), per_page: String(USERS_PAGE_SIZE) };
    const answer = await transport.call({ method: 'GET', path: '/users', query, ...timingOf(timing) });
    if (answer.kind === 'empty') return { kind: 'read', value: users };
    const read = readBody(answer, usersAnswer);
    if (read.kind === 'failed') return read;
    users.push(...read.value.users);
    if (!read.value.hasMore) return { kind: 'read', value: users };
  }
}

/** All modules with the caller's rights on them: the permission pre-flight. Source: Zoho CRM API v8, Get Modules. */
export async function listModules(transport: ZohoTransport, timing: CallTiming = {}): Read<CrmModule[]> {
  const answer = await transport.call({ method: 'GET', path: '/settings/modules', ...timingOf(timing) });
  return readBody(answer, modulesAnswer);
}

/** One profile and what it permits (1 credit). Source: Zoho CRM API v8, Get a Profile. */
export async function readProfile(transport: ZohoTransport, id: string, timing: CallTiming = {}): Read<CrmProfile> {
  const path = `/settings/profiles/${encodeURIComponent(id)}`;
  const answer = await transport.call({ method: 'GET', path, ...timingOf(timing) });
  const read = readBody(answer, profilesAnswer);
  if (read.kind === 'failed') return read;
  const [profile] = read.value.profiles;
  return profile === undefined ? unreadable(answer, 'no such profile') : { kind: 'read', value: profile };
}

/** The fields of a module, unused ones included. Source: Zoho CRM API v8, Fields Metadata. */
export async function listFields(transport: ZohoTransport, module: string, timing: CallTiming = {}): Read<CrmField[]> {
  const query = { module, type: 'all' };
  const answer = await transport.call({ method: 'GET', path: '/settings/fields', query, ...timingOf(timing) });
  return readBody(answer, fieldsAnswer);
}

/** The related lists of a module; layouts may hide some. Source: Zoho CRM API v8, Related Lists Metadata. */
export async function listRelatedLists(
  transport: ZohoTransport,
  module: string,
  timing: CallTiming = {},
): Read<CrmRelatedList[]> {
  const query = { module };
  const answer = await transport.call({ method: 'GET', path: '/settings/related_lists', query, ...timingOf(timing) });
  if (answer.kind === 'empty') return { kind: 'read', value: [] };
  return readBody(answer, relatedListsAnswer);
}

const organizationAnswer = z
  .looseObject({
    org: z.tuple([
      z.looseObject({
        id: crmId,
        zgid: z.string(),
        company_name: z.string().nullish(),
        type: z.string().nullish(),
        time_zone: z.string().nullish(),
        license_details: z.looseObject({
          paid_type: z.string().nullish(),
          users_license_purchased: z.number().nullish(),
        }),
      }),
    ]),
  })
  .transform(({ org: [org] }) => ({
    id: org.id,
    zgid: org.zgid,
    name: org.company_name ?? org.zgid,
    kind: org.type ?? 'production',
    edition: org.license_details.paid_type ?? 'free',
    licensedUsers: org.license_details.users_license_purchased ?? 1,
    timeZone: org.time_zone ?? null,
  }));

const wireUser = z
  .looseObject({
    id: crmId,
    email: z.string().nullish(),
    full_name: z.string().nullish(),
    status: z.string(),
    confirm: z.boolean().optional(),
    time_zone: z.string().nullish(),
    profile: crmLookup.nullish(),
  })
  .transform(toUsers);

const usersAnswer = z
  .looseObject({
    users: z.array(wireUser),
    info: z.looseObject({ more_records: z.boolean().optional() }).optional(),
  })
  .transform(({ users, info }) => ({ users: users.flat(), hasMore: info?.more_records === true }));

type WireUser = {
  id: string;
  email?: string | null;
  full_name?: string | null;
  status: string;
  confirm?: boolean;
  time_zone?: string | null;
  profile?: { id: string; name?: string | null } | null;
};

/** A user without an address (a removed one) can be matched with nobody and is left out. */
function toUsers(user: WireUser): CrmUser[] {
  if (typeof user.email !== 'string' || user.email === '') return [];
  const { id, email } = user;
  return [
    {
      id,
      email,
      name: user.full_name ?? email,
      isActive: user.status.toLowerCase() === 'active',
      isConfirmed: user.confirm === true,
      timeZone: user.time_zone ?? null,
      profileId: user.profile?.id ?? null,
      profileName: user.profile?.name ?? null,
    },
  ];
}

const modulesAnswer = z
  .looseObject({
    modules: z.array(
      z.looseObject({
        api_name: z.string(),
        module_name: z.string().nullish(),
        plural_label: z.string().nullish(),
        api_supported: z.boolean().optional(),
        viewable: z.boolean().optional(),
        creatable: z.boolean().optional(),
        editable: z.boolean().optional(),
        deletable: z.boolean().optional(),
      }),
    ),
  })
  .transform(({ modules }) =>
    modules.map((module) => ({
      apiName: module.api_name,
      internalName: module.module_name ?? module.api_name,
      label: module.plural_label ?? module.api_name,
      isApiSupported: module.api_supported === true,
      isViewable: module.viewable === true,
      isCreatable: module.creatable === true,
      isEditable: module.editable === true,
      isDeletable: module.deletable === true,
    })),
  );

const profilesAnswer = z.looseObject({
  profiles: z.array(
    z
      .looseObject({
        id: crmId,
        name: z.string().nullish(),
        display_label: z.string().nullish(),
        permissions_details: z.array(z.looseObject({ name: z.string(), enabled: z.boolean() })),
      })
      .transform((profile) => ({
        id: profile.id,
        name: profile.display_label ?? profile.name ?? profile.id,
        permissions: new Map(profile.permissions_details.map(({ name, enabled }) => [name, enabled])),
      })),
  ),
});

const fieldShape = z.looseObject({
  id: crmId,
  api_name: z.string(),
  field_label: z.string(),
  data_type: z.string(),
  length: z.number().nullish(),
  external: z.looseObject({ type: z.enum(['org', 'user']).optional() }).nullish(),
  // {} for "not unique"; for unique its one key is spelled casesensitive or case_sensitive.
  unique: z.record(z.string(), z.unknown()).nullish(),
  system_mandatory: z.boolean().optional(),
  read_only: z.boolean().optional(),
  field_read_only: z.boolean().optional(),
  operation_type: z.looseObject({ api_create: z.boolean().optional(), api_update: z.boolean().optional() }).nullish(),
  visible: z.boolean().optional(),
  private: z.looseObject({ restricted: z.boolean().nullish() }).nullish(),
  tooltip: z.looseObject({ value: z.string().nullish() }).nullish().catch(null),
  pick_list_values: z.array(z.looseObject({ actual_value: z.string().nullish() })).nullish(),
});

function toField(field: z.output<typeof fieldShape>): CrmField {
  return {
    id: field.id,
    apiName: field.api_name,
    label: field.field_label,
    dataType: field.data_type,
    length: field.length ?? null,
    external: field.external?.type ?? null,
    isUnique: Object.keys(field.unique ?? {}).length > 0,
    isMandatory: field.system_mandatory === true,
    isReadOnly:
      field.read_only === true ||
      field.field_read_only === true ||
      field.operation_type?.api_create === false ||
      field.operation_type?.api_update === false,
    isVisible: field.visible !== false,
    isRestricted: field.private?.restricted === true,
    tooltip: field.tooltip?.value ?? null,
    picklistValues: (field.pick_list_values ?? []).flatMap((entry) => entry.actual_value ?? []),
  };
}

const wireField = fieldShape.transform(toField);

/** The fields of a layout's section: besides their own facts, whether the layout demands them. */
export const fieldsOfLayout = z.array(
  fieldShape
    .extend({ required: z.boolean().nullish() })
    .transform((field) => ({ ...toField(field), isRequired: field.required === true })),
);

const fieldsAnswer = z.looseObject({ fields: z.array(wireField) }).transform(({ fields }) => fields);

const relatedListsAnswer = z
  .looseObject({
    related_lists: z.array(
      z.looseObject({
        id: crmId,
        api_name: z.string(),
        display_label: z.string().nullish(),
        href: z.string().nullish(),
        module: z.looseObject({ api_name: z.string().nullish() }).nullish(),
      }),
    ),
  })
  .transform(({ related_lists: lists }) =>
    lists.map((list) => ({
      id: list.id,
      apiName: list.api_name,
      label: list.display_label ?? list.api_name,
      module: list.module?.api_name ?? null,
      href: list.href ?? null,
    })),
  );
