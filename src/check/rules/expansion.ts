/** E0217: definitions expand to too much. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

/** Definitions of which each calls the one before it twice, with different arguments. */
const doubling = (depth: number): string =>
  ['def f0(x) = x + 1']
    .concat(
      Array.from(
        { length: depth },
        (_, at) => `def f${at + 1}(x) = f${at}(x + ${at}) * f${at}(x - ${at + 1})`,
      ),
    )
    .join('\n');
const calling = (name: string): string =>
  `\n\nobjective example {\n  model logp : token\n  minimize mean[token in batch](-${name}(logp))\n}\n`;

export const expansion: DiagnosticKind = {
  code: 'E0217',
  severity: 'error',
  title: 'definitions expand to too much',
  explanation:
    'Calls of definitions are replaced by their bodies. Equal calls with the same arguments are shared, but definitions that call each other several times with different arguments grow without measure; beyond 100,000 expressions an objective is refused.',
  bad: `${doubling(17)}${calling('f17')}`,
  good: `${doubling(3)}${calling('f3')}`,
};

/** The call at which the limit is passed. */
export const describeExpansion = (call: Span, limit: number): Diagnostic =>
  diagnose(expansion, {
    title: `definitions expand to over ${limit.toLocaleString('en')} expressions`,
    primary: { span: call, text: 'the call at which it becomes too much' },
    hint: 'name intermediate results with `let`, so that they are computed once',
  });
