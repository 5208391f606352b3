/** A count over itself is 1 in a set that is never empty, and stays as it is in one that may be. */
import { expect, test } from 'vitest';
import * as b from '../../../src/proof/build.js';
import { termText } from '../../../src/proof/text.js';
import { ownPlace } from '../../../src/verify/view/place.js';
import { session, type MemberSet } from '../../../src/verify/view/session.js';

const share = (about: Pick<MemberSet, 'from' | 'ownInside'>, where = b.truth(true)): string => {
  const names = session('');
  const set = names.setOf('members', () => ({
    ...about,
    to: 'group',
    place: ownPlace('rollout'),
    mayHoldOwn: false,
  }));
  const count = names.countOf(names.partOf(set, where));
  return termText(names.expansion.canonical(b.quotient(count, count)));
};

test('of all members, where the own one is not among those that are left out', () => {
  expect(share({ from: 'token', ownInside: false })).toBe('1');
});

test.each([
  ['others of an element that is among the members', share({ from: 'rollout', ownInside: true })],
  ['the others of a pair', share({ from: 'peer', ownInside: false })],
  ['members for which something holds', share({ from: 'token', ownInside: false }, b.flag('chosen'))],
])('%s may be none', (_, text) => {
  expect(text).not.toBe('1');
});
