/** What is remembered costs what it cost, so that nothing depends on what was asked before. */
import { expect, test } from 'vitest';
import { budgetOf } from '../../src/verify/budget.js';
import { remembered, type Memory } from '../../src/verify/remembered.js';

/** Finds something with 30 steps, nothing with fewer; tells how often it had to look. */
function finder() {
  const memory: Memory<string | undefined> = new Map();
  let looks = 0;
  const ask = (steps: number): readonly [found: string | undefined, spent: number] => {
    const budget = budgetOf(steps);
    const isFound = (one: string | undefined): boolean => one !== undefined;
    const found = remembered(memory, 'key', budget, isFound, () => {
      looks += 1;
      return budget.spend(30) ? 'it' : undefined;
    });
    return [found, budget.spent()];
  };
  return { ask, looks: () => looks };
}

test('what was found is found once, at the same cost', () => {
  const { ask, looks } = finder();
  expect([ask(100), ask(50), looks()]).toEqual([['it', 30], ['it', 30], 1]);
});

test('who has not the steps that it took does not find it, whoever did before', () => {
  const { ask, looks } = finder();
  expect([ask(100), ask(20), looks()]).toEqual([['it', 30], [undefined, 30], 2]);
  // Nor is that it failed so remembered for those who have more.
  expect([ask(20), looks()]).toEqual([[undefined, 30], 2]);
  expect([ask(40), looks()]).toEqual([['it', 30], 2]);
});
