/** `--recheck`: every certificate checked at once, as it would be written. */
import { placed, titleOf, type Verified } from '../../report/verified.js';
import type { TextFile } from '../files.js';
import { storedCertificate } from './stored.js';

export interface Refusals {
  /** How many certificates there were. */
  readonly checked: number;
  /** One for each that is refused. */
  readonly lines: readonly string[];
}

/** Certificates of files, in the order of their texts. */
export async function rechecked(texts: readonly TextFile[], files: readonly Verified[]): Promise<Refusals> {
  const { recheck } = await import('../../recheck.js');
  const lines: string[] = [];
  let checked = 0;
  for (const [at, { name, text, resolve }] of texts.entries()) {
    for (const { verdict } of placed(files.slice(at, at + 1))) {
      const stored = storedCertificate(verdict, name);
      if (stored === undefined) continue;
      // What is checked is what a reader of the file gets.
      const { certificate, witness } = JSON.parse(JSON.stringify(stored)) as typeof stored;
      const found = recheck({
        text,
        name,
        resolve,
        certificate,
        ...(witness === undefined ? {} : { witness }),
      });
      checked += 1;
      if (!found.accepted)
        lines.push(
          `${name}: the certificate of \`${titleOf(verdict)}\` is refused: ${found.reason}${placeText(found)}`,
        );
    }
  }
  return { checked, lines };
}

/** Where in the certificate. */
export const placeText = ({ where }: { readonly where?: string }): string =>
  where === undefined || where === '' ? '' : ` (${where})`;
