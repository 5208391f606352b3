/** What is wrong inside a definition for the arguments of one call, told where the call stands. */
import type { Diagnostic, Label } from '../base/diagnostic.js';
import { textOf, type Source } from '../base/source.js';
import { inProgram, type Span } from '../base/span.js';

const LONGEST_QUOTE = 60;

function quoted(span: Span, source: Source): string {
  const text = textOf(source, span)
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)} …` : text;
}

/** What the label says, with the words of the definition that it points at. */
const noteOf = ({ span, text }: Label, source: Source): string =>
  `in \`${span.origin?.definition ?? ''}\`, \`${quoted(span, source)}\`: ${text}`;

/** The same diagnostic, pointing at the program where it points into a definition that was called. */
export function atCall(diagnostic: Diagnostic, source: Source): Diagnostic {
  const { primary, secondary, notes } = diagnostic;
  const inside = [primary, ...secondary].filter(({ span }) => span.origin !== undefined);
  if (inside.length === 0) return diagnostic;
  const isMoved = primary.span.origin !== undefined;
  const { hint, ...rest } = diagnostic;
  return {
    ...rest,
    primary: isMoved ? { span: inProgram(primary.span), text: 'in what this call computes' } : primary,
    secondary: secondary.filter(({ span }) => span.origin === undefined),
    notes: [...inside.map((label) => noteOf(label, source)), ...notes],
    // A hint about the text of the definition is none about the call.
    ...(hint === undefined || isMoved ? {} : { hint }),
  };
}
