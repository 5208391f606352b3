/** Numbers as WGSL writes them. */

/** The float32 nearest to a number; what is too large is infinite, which no literal can be. */
export function realText(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return 'sizes.nan';
  if (!Number.isFinite(single)) return single > 0 ? 'sizes.infinity' : '(-sizes.infinity)';
  const text = Object.is(single, -0) ? '-0' : String(single);
  const literal = /[.e]/.test(text) ? text : `${text}.0`;
  return literal.startsWith('-') ? `(${literal})` : literal;
}
