import { isList, isObject, type Json, type JsonObject } from '../json.ts';

const reference = /@\{([^:{}]+):(\$[^}]*)\}/g;

/** True when a text refers to another sub-request's answer: `@{1:$.data[0].details.id}`. */
export function hasReference(text: string): boolean {
  return new RegExp(reference.source).test(text);
}

/** Puts the referred values in; undefined when one of them is not there. Source: Zoho CRM API v8, Composite API, references. */
export function fillReferences(
  request: { uri: string; body: Json; params: JsonObject },
  answers: ReadonlyMap<string, JsonObject>,
): { uri: string; body: Json; params: JsonObject } | undefined {
  let isBroken = false;
  const fillText = (text: string): string =>
    text.replace(reference, (_whole, id: string, path: string) => {
      const value = lookUp(answers.get(id), path);
      if (value === undefined || value === null) isBroken = true;
      return String(value);
    });
  const fill = (value: Json): Json => {
    if (typeof value === 'string') return fillText(value);
    if (isList(value)) return value.map(fill);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, one === undefined ? null : fill(one)]));
  };
  const filled = { uri: fillText(request.uri), body: fill(request.body), params: fill(request.params) as JsonObject };
  return isBroken ? undefined : filled;
}

/** `$.data[0].details.id` of an answer's body; a leading `$.body` is understood too. */
function lookUp(answer: JsonObject | undefined, path: string): Json | undefined {
  if (!answer) return undefined;
  const steps = path
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
  let at: Json | undefined = steps[0] === 'body' ? answer : (answer.body ?? undefined);
  for (const step of steps) {
    if (isList(at)) at = at[Number(step)];
    else if (isObject(at)) at = at[step];
    else return undefined;
  }
  return at;
}
