/** Which known differences would give exactly what was found: each is tried, alone and then in pairs. */
import type { Difference, Hypothesis, Observation, Subject } from './difference.js';
import { DIFFERENCES } from './differences/index.js';

export interface Explanation {
  /** One difference, or two that occur together. */
  readonly parts: readonly { readonly difference: Difference; readonly label: string }[];
  /** How many of the vectors that differ it accounts for. */
  readonly accounted: number;
}
export interface Diagnosis {
  /** How many assumptions were tried: each difference has one or several forms. */
  readonly tried: number;
  readonly differences: number;
  /** The relative tolerance under which they were. */
  readonly rtol: number;
  /** Those that account for everything; none of them says that it *is* the reason. */
  readonly explanations: readonly Explanation[];
  /** Where nothing accounts for everything: what accounts for most, and contradicts nothing that is right. */
  readonly nearest?: Explanation;
}

interface Tried {
  readonly difference: Difference;
  readonly hypothesis: Hypothesis;
}

const hypothesesOf = (subject: Subject, differences = DIFFERENCES): readonly Tried[] =>
  differences.flatMap((difference) =>
    difference.hypotheses(subject).map((hypothesis) => ({ difference, hypothesis })),
  );

const accountsForAll = ({ hypothesis }: Tried, observations: readonly Observation[]): boolean =>
  observations.every((one) => hypothesis.accounts(one));

const asPart = ({ difference, hypothesis }: Tried): Explanation['parts'][number] => ({
  difference,
  label: hypothesis.label,
});

/** Explanations by one difference; nothing to explain where every vector agrees. */
export function diagnose(subject: Subject, rtol: number): Diagnosis {
  const tried = hypothesesOf(subject);
  const failing = subject.observations.filter(({ agrees }) => !agrees);
  const found = tried.filter((one) => accountsForAll(one, subject.observations));
  const summary = { tried: tried.length, differences: DIFFERENCES.length, rtol };
  const explanations = found.map((one) => ({ parts: [asPart(one)], accounted: failing.length }));
  const nearest = explanations.length === 0 ? nearestOf(tried, subject.observations) : undefined;
  return { ...summary, explanations, ...(nearest === undefined ? {} : { nearest }) };
}

/** Less than this share of what differs is no hint. */
const WORTH_SAYING = 0.5;

function nearestOf(tried: readonly Tried[], observations: readonly Observation[]): Explanation | undefined {
  const [failing, passing] = [
    observations.filter(({ agrees }) => !agrees),
    observations.filter(({ agrees }) => agrees),
  ];
  let best: Explanation | undefined;
  for (const one of tried) {
    const accounted = failing.filter((observation) => one.hypothesis.accounts(observation)).length;
    if (accounted <= (best?.accounted ?? failing.length * WORTH_SAYING)) continue;
    if (passing.every((observation) => one.hypothesis.accounts(observation)))
      best = { parts: [asPart(one)], accounted };
  }
  return best;
}

/** Explanations by two differences at once: one that is another formula, and any later one on top of it. */
export function diagnosePairs(subject: Subject, rtol: number): Diagnosis {
  const failing = subject.observations.filter(({ agrees }) => !agrees).length;
  const explanations: Explanation[] = [];
  let tried = 0;
  for (const [at, difference] of DIFFERENCES.entries()) {
    const others = DIFFERENCES.filter(
      ({ kind }, index) => kind === 'factor' || (kind === 'formula' && index > at),
    );
    for (const first of hypothesesOf(subject, [difference])) {
      const { program } = first.hypothesis;
      if (program === undefined) continue;
      const seconds = hypothesesOf({ ...subject, program }, others);
      tried += seconds.length;
      const found = seconds.filter((second) => accountsForAll(second, subject.observations));
      explanations.push(
        ...found.map((second) => ({ parts: [asPart(first), asPart(second)], accounted: failing })),
      );
    }
  }
  return { tried, differences: DIFFERENCES.length, rtol, explanations };
}
