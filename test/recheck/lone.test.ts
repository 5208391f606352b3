/**
 * Certificates that take the extreme over the other rollouts of a group for one number on a whole line: false, since a group
 * may have one rollout, whose own value is the extreme wherever it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recheck } from '../../src/recheck.js';
import { ROOT } from '../sources.js';

interface Lone {
  readonly text: string;
  readonly certificates: readonly { readonly claim: string; readonly certificate: unknown }[];
}
const { text, certificates } = JSON.parse(readFileSync(join(ROOT, 'test/recheck/lone.json'), 'utf8')) as Lone;

describe('an extreme over others, of whom there may be none', () => {
  test.each(certificates.map(({ claim, certificate }) => [claim, certificate] as const))(
    '%s',
    (_claim, certificate) => {
      const checked = recheck({ text, name: 'lone.obj', certificate });
      expect(checked).toMatchObject({
        accepted: false,
        reason: expect.stringContaining('no one number') as string,
      });
    },
  );
});
