/** How wide text is on a screen, in columns. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{M}\p{Cf}]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** The columns that one character takes; a tab and a control character are the caller's. */
export const characterWidth = (character: string): number =>
  ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

/** The columns that a text without line ends takes. */
export function screenWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}
