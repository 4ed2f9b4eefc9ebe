import type { PathStep } from './association.ts';

/** A path as people read it: `ana@acme.com → Ana Pérez → Acme → Renewal 2026`. */
export function pathInWords(path: readonly PathStep[]): string {
  return path.map((step) => step.name).join(' → ');
}
