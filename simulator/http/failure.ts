import type { Json, JsonObject } from '../json.ts';

/** One error in Zoho's shape. Source: Zoho CRM API v8, Status Codes and API Errors. */
export type Problem = { code: string; message: string; details: JsonObject };

/** An answer that is not a success; thrown by handlers, written as a top-level object. */
export class ZohoFailure extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, code: string, message: string, details: JsonObject = {}) {
    super(message);
    this.name = 'ZohoFailure';
    this.status = status;
    this.problem = { code, message, details };
  }
}

/** An error as it is written, with the four keys in the manual's order. */
export function errorBody(problem: Problem): JsonObject {
  return { code: problem.code, details: problem.details, message: problem.message, status: 'error' };
}

export const invalidToken = () => new ZohoFailure(401, 'INVALID_TOKEN', 'invalid oauth token');
export const authenticationFailure = () => new ZohoFailure(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');
export const scopeMismatch = () =>
  new ZohoFailure(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
export const noPermission = (...permissions: string[]) =>
  new ZohoFailure(403, 'NO_PERMISSION', 'permission denied', { permissions });
export const invalidUrl = () =>
  new ZohoFailure(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');
export const invalidMethod = () =>
  new ZohoFailure(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');
export const invalidModule = (index = 0) =>
  new ZohoFailure(400, 'INVALID_MODULE', 'the module name given seems to be invalid', { resource_path_index: index });
export const missingParameter = (name: string) =>
  new ZohoFailure(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: name });
export const limitExceeded = (details: JsonObject, message = 'Limit exceeded') =>
  new ZohoFailure(400, 'LIMIT_EXCEEDED', message, details);
export const invalidData = (details: JsonObject, message = 'invalid data') =>
  new ZohoFailure(400, 'INVALID_DATA', message, details);
export const mandatoryNotFound = (apiName: string, path: string) =>
  new ZohoFailure(400, 'MANDATORY_NOT_FOUND', 'required field not found', { api_name: apiName, json_path: path });

/** The 429 bodies seen in the field; their words are the only way to tell the two kinds apart. */
/** Where an org does not tell them apart. */
export const tooManyRequests = () => new ZohoFailure(429, 'TOO_MANY_REQUESTS', 'Too many requests. Try again later.');
export const tooManyAtOnce = () =>
  new ZohoFailure(429, 'TOO_MANY_REQUESTS', 'Many requests fired in concurrent than the allowed limit.');
export const tooManyToday = () =>
  new ZohoFailure(429, 'TOO_MANY_REQUESTS', 'Many requests fired than the allowed limit for the past 24 hours.');
export const internalError = () => new ZohoFailure(500, 'INTERNAL_ERROR', 'Internal Server Error');

/** What a handler gives back. Without `body`, `html` and `bytes` the answer is empty. */
export type Reply = {
  status: number;
  body?: Json;
  html?: string;
  bytes?: Buffer;
  headers?: Record<string, string>;
  /** Credits the call costs; 1 unless said otherwise. */
  credits?: number;
};
