/** Inputs and parameters as data in generated code. */
import type { Domain, DomainBound } from '../../base/domain.js';
import type { InputInfo, ParamInfo } from '../../ir/program.js';
import { literal, numberText } from './names.js';

function domainText(domain: Domain): string {
  if (domain.kind === 'set') return `{ kind: 'set', values: [${domain.values.map(numberText).join(', ')}] }`;
  const { integer } = domain;
  const { low, high, lowOpen, highOpen } = domain.kind === 'interval' ? domain.interval : domain;
  const ends = `low: ${boundText(low)}, high: ${boundText(high)}, lowOpen: ${lowOpen}, highOpen: ${highOpen}`;
  return domain.kind === 'interval'
    ? `{ kind: 'interval', integer: ${integer}, interval: { ${ends} } }`
    : `{ kind: 'dependent', integer: ${integer}, ${ends} }`;
}
const boundText = (bound: DomainBound): string =>
  typeof bound === 'number'
    ? numberText(bound)
    : `{ param: ${literal(bound.param)}, negative: ${bound.negative} }`;

export const inputSpecs = (inputs: readonly InputInfo[]): string =>
  `[${inputs
    .map(({ name, role, level, domain }) => {
      const contract = domain === undefined ? '' : `, domain: ${domainText(domain)}`;
      return `{ name: ${literal(name)}, role: '${role}', level: '${level}'${contract} }`;
    })
    .join(', ')}]`;

export const paramSpecs = (params: readonly ParamInfo[]): string =>
  `[${params
    .map(({ name, domain, default: value }) => {
      const fallback = value === undefined ? '' : `, default: ${numberText(value)}`;
      return `{ name: ${literal(name)}, domain: ${domainText(domain)}${fallback} }`;
    })
    .join(', ')}]`;
