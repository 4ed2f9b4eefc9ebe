import { writeFile } from 'node:fs/promises';
import { generateApiTypes, TYPES_FILE } from './generate-api-types.ts';

/** Writes the web app's types of the API: `npm run api-types`, after a schema changed. */
await writeFile(TYPES_FILE, await generateApiTypes());
