/** A comparison with the reference as JSON. */
import { stringifyResult, type ResultValue } from '../batch/json.js';
import type { Mismatch } from '../conform/compare.js';
import type { Diagnosis, Explanation } from '../conform/diagnose.js';
import { pathText, type ConformanceText } from './conformance.js';

const mismatchValue = (of: Mismatch): ResultValue => ({
  path: pathText(of),
  kind: of.kind,
  expected: of.expected,
  found: of.found,
});

const explanationValue = ({ parts, accounted }: Explanation): ResultValue => ({
  accounts_for: accounted,
  differences: parts.map(({ difference: { name, title, knownFrom }, label }) => ({
    name,
    form: label,
    title,
    known_from: knownFrom,
  })),
});

const diagnosisValue = ({ tried, rtol, explanations, nearest }: Diagnosis): ResultValue => ({
  tried,
  rtol,
  explanations: explanations.map(explanationValue),
  nearest: nearest && explanationValue(nearest),
});

/** Indented, with a line feed at the end. */
export const conformanceJson = ({
  objective,
  rtol,
  conforms,
  verdicts,
  diagnosis,
}: ConformanceText): string =>
  `${stringifyResult({
    objective,
    conforms,
    rtol,
    vectors: verdicts.map(({ vector, status, comparison }) => {
      const [first] = comparison?.wrong ?? [];
      return {
        name: vector.name,
        family: vector.family,
        status,
        numbers: comparison?.entries,
        wrong: comparison?.wrong.length,
        first: first && mismatchValue(first),
      };
    }),
    diagnosis: diagnosis && diagnosisValue(diagnosis),
  })}\n`;
