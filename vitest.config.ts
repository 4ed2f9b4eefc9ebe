import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The database server of a run starts with the first test file that asks for a database.
    globalSetup: ['test/harness/global-setup.ts'],
    pool: 'forks',
    // Two cores; a third file at a time only takes processor time from timeouts.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
