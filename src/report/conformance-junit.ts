/** A comparison with the reference in JUnit's XML, as CI services read it. */
import { diagnosisLines, verdictText, type ConformanceText } from './conformance.js';
import { xmlAttribute, xmlText } from './xml.js';

/** One test case per vector, no times: the same results give the same bytes. */
export function conformanceJunit(of: ConformanceText): string {
  const { objective, verdicts, diagnosis } = of;
  const isWrong = ({ status }: ConformanceText['verdicts'][number]): boolean =>
    status === 'differs' || status === 'missing';
  const cases = verdicts.map((one) => {
    const head = `    <testcase classname="${xmlAttribute(`${objective}.${one.vector.family}`)}" name="${xmlAttribute(one.vector.name)}"`;
    if (isWrong(one)) return `${head}><failure message="${xmlAttribute(verdictText(one))}"/></testcase>`;
    return one.status === 'coarse'
      ? `${head}><skipped message="${xmlAttribute(verdictText(one))}"/></testcase>`
      : `${head}/>`;
  });
  const said = diagnosisLines(diagnosis);
  const counts = `tests="${verdicts.length}" failures="${verdicts.filter(isWrong).length}" skipped="${verdicts.filter(({ status }) => status === 'coarse').length}"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${xmlAttribute(objective)}" ${counts}>`,
    ...cases,
    ...(said.length === 0 ? [] : [`    <system-out>${xmlText(said.join('\n'))}</system-out>`]),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}
