/** Work is counted as it is done. */
import { expect, test } from 'vitest';
import { budgetOf } from '../../src/verify/budget.js';

test('a share counts against the whole, and ends with it', () => {
  const whole = budgetOf(100);
  const share = whole.share(30);
  expect([share.spend(20), whole.spent(), share.left(), whole.left()]).toEqual([true, 20, 10, 80]);
  expect([share.spend(20), share.left(), whole.left()]).toEqual([false, -10, 60]);
  expect([whole.spend(60), whole.spend(1), whole.left()]).toEqual([true, false, -1]);
  expect(whole.share(5).spend(0)).toBe(false);
});

test('what is refused once the work is used up is not counted, neither here nor above', () => {
  const whole = budgetOf(100);
  const share = whole.share(10);
  share.spend(11);
  for (let times = 0; times < 5; times += 1) expect(share.spend(50)).toBe(false);
  expect([share.spent(), whole.spent()]).toEqual([11, 11]);
  whole.spend(200);
  expect([whole.spend(7), whole.spent()]).toEqual([false, 211]);
});
