/** `losses`: every loss by the name of its optimizer, which is what a trainer goes by that takes any module. */
import { key, member } from './names.js';

/** The functions of a loss, as a trainer asks for them and as the module calls them; `loss` is the name of one without any. */
export interface ListedLoss {
  readonly name: string | undefined;
  readonly functions: Readonly<Record<string, string>>;
}

/** The type of the list, and the list, as texts. */
export function lossList(losses: readonly ListedLoss[]): { readonly type: string; readonly value: string } {
  const listed = losses.map(({ name = 'loss', functions }) => {
    const own = Object.entries(functions);
    return {
      type: `readonly ${member(name)}: { ${own.map(([of, one]) => `readonly ${of}: typeof ${one}`).join('; ')} }`,
      value: `${key(name)}: { ${own.map(([of, one]) => `${of}: ${one}`).join(', ')} }`,
    };
  });
  return {
    type: `{ ${listed.map(({ type }) => type).join('; ')} }`,
    value: `{ ${listed.map(({ value }) => value).join(', ')} }`,
  };
}

export const LOSS_LIST_DOC =
  'What is minimised, by the name of the optimizer that it is for; `loss` where it has none.';
