// Loaded into a process under torture before its program: its requests tell which process they come from, so that a death can be
// timed to one of them. Nothing else is changed.
const send = globalThis.fetch;
const name = process.env.TORTURE_PROCESS ?? '';

globalThis.fetch = (input, init = {}) => {
  const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('x-torture-process', name);
  return send(input, { ...init, headers });
};
