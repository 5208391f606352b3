/** How the program itself words its values: source text on one line, without comments. */
import type { Span } from './base/span.js';
import { oneLine, textOf, type Source } from './base/source.js';
import type { Model } from './check/model.js';
import type { Wording } from './ir/program.js';

export function wordingOf(model: Model, file: Source): Wording {
  const text = (span: Span): string => oneLine(textOf(file, span));
  const named = [...model.lets, ...model.metrics];
  const texts = new Map(named.map(({ name, value }) => [name.text, text(value.span)]));
  const losses = model.losses.map(({ value }) => text(value.span));
  return { value: (name) => texts.get(name) ?? '', loss: (at) => losses[at] ?? '' };
}
