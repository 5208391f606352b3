/** A half-open range of UTF-16 code units in one source text. It carries no line numbers: those are for rendering. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Absent for what stands in the source itself; present for what a call of a definition brought there. */
  readonly origin?: Origin;
}

/** Where an inlined expression comes from: its span refers to the text of the definition, not to that of the program. */
export interface Origin {
  /** The call that was replaced; it may itself stand in a definition. */
  readonly call: Span;
  /** What was called. */
  readonly definition: string;
  /** The text that the definition stands in. */
  readonly text: string;
  /** What diagnostics call that text. */
  readonly source: string;
}

/** The smallest span that covers both, which are in one text. */
export const cover = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
  ...(a.origin === undefined ? {} : { origin: a.origin }),
});

/** The place in the program itself: a span, or the outermost call that brought it there. */
export function inProgram(span: Span): Span {
  let place = span;
  while (place.origin !== undefined) place = place.origin.call;
  return place;
}
