import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findAddresses, findMissingOptional, type LockFile } from './architecture/lock-file.ts';
import * as rules from './architecture/rules.ts';
import { readProject, type SourceFile } from './architecture/source-file.ts';

const project = readProject();
const lock: LockFile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));

type Sample = [path: string, text: string];

/** For each rule what it must refuse, and what looks alike and is right. */
const CASES: Record<keyof typeof rules, { wrong: Sample[]; right: Sample[] }> = {
  importsFollowTheRooms: {
    wrong: [
      ['src/domain/match.ts', `import { z } from 'zod';`],
      ['src/domain/match.ts', `import { readFile } from 'node:fs';`],
      ['src/domain/match.ts', `import { AppError } from '../errors.ts';`],
      ['src/domain/match.ts', `const x = await import('../db/sql.ts');`],
      ['src/zoho/coql.ts', `import type { Meeting } from '../domain/meeting.ts';`],
      ['src/crm/connect.ts', `import { sql } from '../db/sql.ts';`],
      ['src/db/migrate.ts', `import { x } from '../features/ingest/x.ts';`],
      ['src/features/ingest/a.ts', `import { b } from '../publish/b.ts';`],
      ['src/features/ingest/a.ts', `import { b } from '../../zoho/coql.ts';`],
      ['src/features/ingest/a.ts', `import { b } from '../../http/server.ts';`],
      ['src/features/ingest/a.ts', `export { b } from '../../jobs/wake.ts';`],
      ['src/jobs/wake.ts', `import { b } from '../http/server.ts';`],
      ['src/http/routes.ts', `import { b } from '../zoho/coql.ts';`],
      ['src/http/routes.ts', `import { b } from '../app.ts';`],
      ['src/http/routes.ts', `import { type A, b } from '../db/sql.ts';`],
      ['src/domain/match.ts', `type A = import('../db/sql.ts').Sql;`],
      ['src/app.ts', `import { b } from '../simulator/main.ts';`],
      ['simulator/main.ts', `import { b } from '../src/errors.ts';`],
      ['web/src/main.tsx', `import { b } from '../../src/errors.ts';`],
      ['tools/demo/main.ts', `import { b } from '../../src/domain/cascade.ts';`],
    ],
    right: [
      ['src/domain/match.ts', `import type { Meeting } from './meeting.ts';`],
      ['src/zoho/coql.ts', `import { z } from 'zod'; import { AppError } from '../errors.ts';`],
      [
        'src/features/ingest/a.ts',
        `import { b } from './b.ts'; import { c } from '../context.ts'; import { d } from '../../db/sql.ts';`,
      ],
      ['src/http/routes.ts', `import type { A } from '../db/queries/a.ts';`],
      ['src/app.ts', `import { b } from './zoho/coql.ts';`],
      ['web/src/main.tsx', `import { b } from './router.tsx'; import { c } from 'react';`],
    ],
  },
  networkIsInjected: {
    wrong: [
      ['src/zoho/oauth.ts', `await fetch('https://example.org');`],
      ['src/features/x/a.ts', `const get = globalThis.fetch;`],
    ],
    right: [
      ['src/zoho/oauth.ts', `const call = (ports) => ports.fetch('x'); // fetch('y')`],
      ['src/crm/a.ts', `function call({ fetch }) { return fetch('x'); }`],
      ['src/app.ts', `await fetch('x');`],
    ],
  },
  environmentIsConfig: {
    wrong: [['src/app.ts', `const port = process.env.PORT;`]],
    right: [
      ['src/config.ts', `const port = process.env.PORT;`],
      ['src/app.ts', `// process.env is read elsewhere`],
    ],
  },
  clockAndIdsAreInjected: {
    wrong: [
      ['src/domain/a.ts', `const now = Date.now();`],
      ['src/features/x/a.ts', `const now = new Date();`],
      ['src/crm/a.ts', `import { randomUUID } from 'node:crypto';`],
      ['src/crm/a.ts', `import { randomBytes as bytes } from 'node:crypto';`],
      ['src/jobs/a.ts', `const x = Math.random();`],
      ['src/zoho/a.ts', `const id = crypto.randomUUID();`],
    ],
    right: [
      ['src/domain/a.ts', `const at = new Date(input);`],
      ['src/crm/sealer.ts', `const seal = (randomBytes) => randomBytes(12);`],
      ['src/app.ts', `const now = () => new Date();`],
    ],
  },
  engineStaysInJobs: {
    wrong: [
      ['src/app.ts', `import { run } from 'graphile-worker';`],
      ['src/features/x/a.ts', `import type { Job } from 'graphile-worker';`],
    ],
    right: [['src/jobs/run.ts', `import { run } from 'graphile-worker';`]],
  },
  nothingIsAny: {
    wrong: [
      ['src/app.ts', `const x = y as any;`],
      ['web/src/a.tsx', `const x = y as unknown as any;`],
    ],
    right: [['src/app.ts', `const x = y as unknown; // as any`]],
  },
  foldersHaveNames: {
    wrong: [
      ['src/utils/date.ts', ''],
      ['web/src/shared/card.tsx', ''],
      ['simulator/helpers/x.ts', ''],
    ],
    right: [['src/features/ingest/common.ts', '']],
  },
  noBarrels: {
    wrong: [['src/zoho/index.ts', `export * from './coql.ts';\nexport { x } from './x.ts';`]],
    right: [['src/zoho/coql.ts', `export { x } from './x.ts';\nexport const y = 1;`]],
  },
  longFilesSayWhy: {
    wrong: [['src/app.ts', 'const x = 1;\n'.repeat(401)]],
    right: [
      ['src/app.ts', 'const x = 1;\n'.repeat(400)],
      ['src/app.ts', `// This long: one table, row by row.\n${'const x = 1;\n'.repeat(401)}`],
    ],
  },
  wireNamesStayAtTheWire: {
    wrong: [
      ['src/features/x/a.ts', `const body = { What_Id: id };`],
      ['src/http/a.ts', `const key = '$se_module';`],
      ['src/domain/a.ts', 'const text = `Note_Content of ' + '$' + '{x}`;'],
      ['src/db/migrations/0001-a.sql', `create table a ("Who_Id" text);`],
    ],
    right: [
      ['src/crm/to-zoho.ts', `const body = { What_Id: id };`],
      ['src/domain/a.ts', `// becomes What_Id at the wire`],
    ],
  },
};

const toFile = ([path, text]: Sample): SourceFile => ({ path, text });

describe.each(Object.entries(rules))('%s', (name, rule) => {
  const { wrong, right } = CASES[name as keyof typeof rules];

  it('holds in the whole project', () => {
    expect(project.flatMap(rule)).toEqual([]);
  });

  it.each(wrong)('refuses %s: %s', (...sample) => {
    expect(rule(toFile(sample))).not.toEqual([]);
  });

  it.each(right)('lets pass %s: %s', (...sample) => {
    expect(rule(toFile(sample))).toEqual([]);
  });
});

describe('the project that is looked at', () => {
  it('is all of it', () => {
    const paths = project.map((file) => file.path);
    for (const room of ['src/domain/', 'src/db/migrations/', 'simulator/', 'web/src/', 'tools/', 'test/']) {
      expect(paths.some((path) => path.startsWith(room))).toBe(true);
    }
  });
});

describe('package-lock.json', () => {
  it('has an entry for every optional dependency', () => {
    expect(findMissingOptional(lock)).toEqual([]);
    const gap: LockFile = { packages: { 'node_modules/a': { optionalDependencies: { '@a/linux': '1' } } } };
    expect(findMissingOptional(gap)).toEqual(['node_modules/a wants @a/linux, which has no entry']);
  });

  it('names no address to download from', () => {
    expect(findAddresses(lock)).toEqual([]);
    expect(
      findAddresses({ packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } } }),
    ).toHaveLength(1);
  });
});
