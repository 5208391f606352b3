/**
 * Adds up test results: `node scripts/total.mjs STATUS FILE…`, with the worst exit code so far and vitest's JSON reports.
 * Prints `N passed, N failed` last, and fails on any failure, on a report that is not there and on a report of no test.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @typedef {{ numTotalTests: number, numPassedTests: number, numFailedTests: number, numPendingTests: number, numFailedTestSuites: number, success: boolean }} Report */

const [status = '1', ...paths] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
let sound = Number(status) === 0;
for (const path of paths) {
  try {
    /** @type {Report} */
    const report = JSON.parse(readFileSync(path, 'utf8'));
    passed += report.numPassedTests;
    skipped += report.numPendingTests;
    // A file that does not load fails without any of its tests failing.
    const failures = report.success ? 0 : Math.max(report.numFailedTests, 1);
    failed += failures;
    if (failures > 0 || report.numPassedTests === 0) sound = false;
    console.log(
      `${basename(path, '.json')} – ${report.numPassedTests} of ${report.numTotalTests} tests passed`,
    );
  } catch (failure) {
    console.log(
      `${basename(path, '.json')}: no results (${failure instanceof Error ? failure.message : failure})`,
    );
    failed += 1;
    sound = false;
  }
}
if (!sound && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sound ? 0 : 1;
