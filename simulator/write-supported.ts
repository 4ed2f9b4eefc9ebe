import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { supportedText } from './supported.ts';

fs.writeFileSync(fileURLToPath(new URL('./SUPPORTED.md', import.meta.url)), supportedText());
