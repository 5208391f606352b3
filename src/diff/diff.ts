/** What differs in meaning between two objectives: values on the same batch, verdicts, and the answers of an audit. */
import { ZERO } from '../ir/build.js';
import type { Claim } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedLoss, DerivedProgram } from '../ir/program.js';
import type { Answer, Audit } from '../proof/audit.js';
import type { ChangedAnswer, ChangedVerdict, Compared, Difference } from '../proof/difference.js';
import type { Verdict } from '../proof/verdict.js';
import { combine, sharedModels, type Combined } from './combined.js';

/** One of two objectives: what the verifier and the audit say of it. */
export interface Side {
  readonly name: string;
  readonly program: DerivedProgram;
  readonly verdicts: readonly Verdict[];
  readonly audit: Audit;
}

/** `decide` is the verifier. */
export function differenceOf(
  before: Side,
  after: Side,
  decide: (program: DerivedProgram, at: number) => Verdict,
): Difference {
  const combination = combine(before.program, after.program);
  const isComparable = 'combined' in combination;
  return {
    before: before.name,
    after: after.name,
    incomparable: isComparable ? [] : combination.incomparable,
    interface: isComparable ? combination.stated : [],
    values: isComparable ? valuesOf(before.program, after.program, combination.combined, decide) : [],
    verdicts: changedVerdicts(before.verdicts, after.verdicts),
    answers: changedAnswers(before.audit, after.audit),
  };
}

function valuesOf(
  a: DerivedProgram,
  b: DerivedProgram,
  { program, ofSecond }: Combined,
  decide: (program: DerivedProgram, at: number) => Verdict,
): readonly Compared[] {
  const compared = (what: string, left: Expr, right: Expr): Compared => {
    const claim: Claim = {
      mode: 'verify',
      statement: { kind: 'comparison', operator: '==', left, right: ofSecond(right) },
      span: { start: 0, end: 0 },
    };
    const { status, witness, unknown } = decide({ ...program, claims: [claim] }, 0);
    if (status === 'proved') return { what, status: 'equal' };
    if (status === 'refuted')
      return { what, status: 'different', ...(witness === undefined ? {} : { witness }) };
    return { what, status: 'unknown', ...(unknown === undefined ? {} : { reason: unknown.reason }) };
  };
  return pairsOf(a, b).flatMap(({ name, first, second }) => {
    const of = name === undefined ? '' : ` of ${name}`;
    if (first === undefined || second === undefined)
      return [
        {
          what: `loss${of}`,
          status: 'different' as const,
          reason: `only the ${first === undefined ? 'second' : 'first'} has it`,
        },
      ];
    const gradients = sharedModels(a, b).map((model) =>
      compared(`gradient${of} by ${model}`, gradientOf(first, model), gradientOf(second, model)),
    );
    return [compared(`loss${of}`, first.loss, second.loss), ...gradients];
  });
}

const gradientOf = ({ gradients }: DerivedLoss, model: string): Expr =>
  gradients.find(({ input }) => input === model)?.value ?? ZERO;

interface Pair {
  readonly name?: string;
  readonly first?: DerivedLoss;
  readonly second?: DerivedLoss;
}

/** Losses of one name; single ones are a pair whatever they are called. */
function pairsOf(a: DerivedProgram, b: DerivedProgram): readonly Pair[] {
  const [first, second] = [a.losses[0], b.losses[0]];
  if (a.losses.length === 1 && b.losses.length === 1 && first !== undefined && second !== undefined)
    return [{ first, second }];
  const names = [...new Set([...a.losses, ...b.losses].map(({ name }) => name))];
  return names.map((name): Pair => {
    const of = ({ losses }: DerivedProgram): DerivedLoss | undefined =>
      losses.find((one) => one.name === name);
    const [mine, theirs] = [of(a), of(b)];
    return {
      ...(name === undefined ? {} : { name }),
      ...(mine === undefined ? {} : { first: mine }),
      ...(theirs === undefined ? {} : { second: theirs }),
    };
  });
}

/** Claims are the same if they are written the same. */
function changedVerdicts(before: readonly Verdict[], after: readonly Verdict[]): readonly ChangedVerdict[] {
  const texts = [...new Set([...before, ...after].map(({ text }) => text))];
  return texts.flatMap((text): readonly ChangedVerdict[] => {
    const [a, b] = [before.find((one) => one.text === text), after.find((one) => one.text === text)];
    if (a?.status === b?.status) return [];
    const label = b?.label ?? a?.label;
    return [
      {
        claim: text,
        ...(label === undefined ? {} : { label }),
        ...(a === undefined ? {} : { before: a.status }),
        ...(b === undefined ? {} : { after: b.status }),
      },
    ];
  });
}

/** Of the first score of each: answers whose ground, sentence or findings are others. */
function changedAnswers(before: Audit, after: Audit): readonly ChangedAnswer[] {
  const answersOf = ({ scores }: Audit): readonly Answer[] => scores[0]?.answers ?? [];
  return answersOf(before).flatMap((a) => {
    const b = answersOf(after).find(({ question }) => question === a.question);
    return b === undefined || saidBy(a) === saidBy(b) ? [] : [{ title: a.title, before: a, after: b }];
  });
}
const saidBy = ({ ground, text, findings }: Answer): string => JSON.stringify([ground, text, findings]);
