/** How the program itself words its values: source text on one line, without comments. */
import { textOf, type Source } from './base/source.js';
import type { Model } from './check/model.js';
import type { Wording } from './report/explanation.js';
import type { Item } from './syntax/ast.js';

const oneLine = (text: string): string =>
  text.replace(/#[^\n]*/g, '').replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').trim(); // prettier-ignore

export function wordingOf(model: Model, file: Source): Wording {
  const texts = new Map<string | undefined, string>();
  for (const item of model.objective.items as readonly Item[]) {
    if (item.kind === 'let' || item.kind === 'metric') texts.set(item.name.text, oneLine(textOf(file, item.value.span)));
    if (item.kind === 'optimize') texts.set(undefined, oneLine(textOf(file, item.value.span)));
  }
  return (name) => texts.get(name) ?? '';
}
