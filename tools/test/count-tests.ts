import type { TestCase, TestModule, TestSuite } from 'vitest/node';

export type Counts = { passed: number; failed: number; skipped: { name: string; reason: string }[] };

/**
 * Counts the tests of a run. What failed outside of a test (a file that does not load, a hook) counts as one failure, and the tests that
 * it kept from running count as failed, not as skipped: nobody decided to leave them out.
 */
export function countTests(modules: Iterable<TestModule>): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: [] };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    for (const test of module.children.allTests()) countTest(test, counts);
  }
  return counts;
}

function countTest(test: TestCase, counts: Counts): void {
  const result = test.result();
  if (result.state === 'passed') counts.passed += 1;
  else if (result.state === 'failed' || result.state === 'pending' || isKeptFromRunning(test)) counts.failed += 1;
  else counts.skipped.push({ name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: reasonOf(test) });
}

function isKeptFromRunning(test: TestCase): boolean {
  let parent: TestSuite | TestModule = test.parent;
  for (;;) {
    if (parent.errors().length > 0) return true;
    if (parent.type === 'module') return false;
    parent = parent.parent;
  }
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  if (note) return note;
  return test.options.mode === 'todo' ? 'not written yet' : 'no reason given';
}
