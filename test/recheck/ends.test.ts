/** How conditions end on the way to a limit: what is decided of them, and what is not. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const TEXT = `objective ends {
  param radius in (0, 1) = 0.1
  param a in (0, inf) = 1
  param b in (0, inf) = 1
  model logp : token in (-inf, 0]
  model s : token
  data old_logp : token in (-inf, 0]
  minimize mean[token in batch](s + logp)
  let kept   = if abs(exp(logp) - exp(old_logp)) <= radius then exp(logp) else 0
  let gone   = if (a >= b and s <= 1) or (a < b and s <= 2) then s else 0
  let stays  = if (a >= b and s <= 1) or (a < b and s >= 2) then s else 0
  refute : kept is continuous in logp
  verify : gone tends to 0 as s -> inf
  verify : stays tends to 0 as s -> inf
}
`;
type Json = Record<string, unknown>;
interface Decided {
  readonly status: string;
  readonly certificate: Json & { obligations: Json[] };
  readonly witness: unknown;
}

function decided(claim: number): Decided {
  const { program } = analyze(TEXT, 'ends.obj').units[0] ?? expect.fail('no objective');
  const { status, certificate, witness } = verifyClaim(program, claim, budgetOf(1_500_000));
  const plain = (one: unknown): unknown => (one === undefined ? undefined : JSON.parse(JSON.stringify(one)));
  return {
    status,
    certificate: plain(certificate && certificateJson(certificate)) as Decided['certificate'],
    witness: plain(witness),
  };
}
const isAccepted = (certificate: unknown, witness?: unknown): boolean =>
  recheck({ text: TEXT, name: 'ends.obj', certificate, witness }).accepted;

describe('a jump where e^x passes a sum of exponentials', () => {
  const { certificate, witness } = decided(0);
  test('is accepted', () => {
    expect(isAccepted(certificate, witness)).toBe(true);
  });
  test.each(['value', 'toward'])('is refused with its sides exchanged: %s', (part) => {
    const [below, above] = certificate.obligations.filter(({ kind }) => kind === 'tends');
    const obligations = [
      { ...below, [part]: above?.[part] },
      { ...above, [part]: below?.[part] },
    ];
    expect(isAccepted({ ...certificate, obligations }, witness)).toBe(false);
  });
});

describe('a part of a condition that decides it in the end, where another is open', () => {
  const gone = decided(1);
  test('is accepted', () => {
    expect(gone.status).toBe('proved');
    expect(isAccepted(gone.certificate)).toBe(true);
  });
  test('is refused of another limit, and where the open part decides', () => {
    const changed = JSON.parse(JSON.stringify(gone.certificate)) as Decided['certificate'];
    for (const one of changed.obligations) if (one['kind'] === 'tends') one['value'] = '1';
    expect(isAccepted(changed)).toBe(false);
    expect(decided(2).status).toBe('refuted');
    expect(isAccepted({ ...gone.certificate, claim: 2 })).toBe(false);
  });
});
