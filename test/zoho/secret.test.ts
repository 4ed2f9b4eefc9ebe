import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { toSecret } from '../../src/zoho/secret.ts';

it('shows [secret] wherever it is printed, and the text only on request', () => {
  const token = toSecret('1000.very-private');
  const printed = [
    String(token),
    `${token}`,
    inspect(token),
    inspect({ deep: { token } }, { depth: 9, showHidden: true }),
    JSON.stringify({ token }),
    inspect(new Error('x', { cause: { token } }), { depth: 9 }),
  ];
  for (const text of printed) {
    expect(text).toContain('[secret]');
    expect(text).not.toContain('very-private');
  }
  expect(token.reveal()).toBe('1000.very-private');
  expect(Object.values(token).every((value) => typeof value === 'function')).toBe(true);
});
