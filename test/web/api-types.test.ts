import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateApiTypes, TYPES_FILE } from '../../tools/api-types/generate-api-types.ts';

it('keeps the types of the pages equal to the API (else: npm run api-types)', async () => {
  expect(await readFile(TYPES_FILE, 'utf8')).toBe(await generateApiTypes());
});
