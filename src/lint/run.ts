/** Runs every lint over an objective. */
import { inOrder, type Diagnostic } from '../base/diagnostic.js';
import type { Source } from '../base/source.js';
import { atCall } from '../check/at-call.js';
import type { Model } from '../check/model.js';
import { lints } from './rules/index.js';
import { subjectOf, type Lowered } from './subject.js';

/** What the lints say of an objective that is checked and lowered, in source order; each thing once. */
export function lint(model: Model, lowered: Lowered, source: Source): readonly Diagnostic[] {
  const subject = subjectOf(model, lowered, source);
  const found = lints.flatMap(({ find }) => find(subject)).map((one) => atCall(one, source));
  const told = new Set<string>();
  return inOrder(found).filter(({ code, primary: { span }, notes }) => {
    const key = `${code} ${span.start} ${span.end} ${notes.join(' ')}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}
