/** Verdicts in JUnit's XML, as CI services read it: a suite for each objective, a case for each claim. */
import { renderFrame } from '../base/frame.js';
import { positionAt } from '../base/source.js';
import type { Verdict } from '../proof/verdict.js';
import { ruleOf, verdictDiagnostic } from './verdict-diagnostic.js';
import { keyOf, placed, tallied, type Replay, type Verified, type VerifiedObjective } from './verified.js';
import { xmlAttribute, xmlText } from './xml.js';

const attributes = (members: Readonly<Record<string, string | number>>): string =>
  Object.entries(members)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');

function testCase(file: Verified, one: VerifiedObjective, verdict: Verdict, replay?: Replay): string {
  const { source } = file;
  const head = attributes({
    classname: one.name,
    name: keyOf(one, verdict),
    file: source.name,
    line: positionAt(source, verdict.span.start).line,
  });
  const diagnostic = verdictDiagnostic(file, verdict, replay);
  if (diagnostic === undefined) return `    <testcase${head}/>`;
  const failure = attributes({ type: ruleOf(verdict)?.kind.code ?? '', message: diagnostic.title });
  const frame = xmlText(renderFrame(source, diagnostic));
  return `    <testcase${head}><failure${failure}>${frame}</failure></testcase>`;
}

function suite(file: Verified, one: VerifiedObjective, replay?: Replay): readonly string[] {
  const { claims, failed } = tallied(one.verdicts);
  const head = attributes({ name: one.name, tests: claims, failures: failed, errors: 0, skipped: 0 });
  const cases = one.verdicts.map((verdict) => testCase(file, one, verdict, replay));
  return [`  <testsuite${head}>`, ...cases, '  </testsuite>'];
}

/** One document, no times: the same verdicts give the same bytes. */
export function verdictsJunit(files: readonly Verified[], replay?: Replay): string {
  const { claims, failed } = tallied(placed(files).map(({ verdict }) => verdict));
  const head = attributes({ name: 'veriloss verify', tests: claims, failures: failed, errors: 0 });
  const suites = files.flatMap((file) => file.objectives.flatMap((one) => suite(file, one, replay)));
  return `${['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${head}>`, ...suites, '</testsuites>'].join('\n')}\n`;
}
