/** Where each kind of text goes: data to stdout, notes and failures to stderr. */
import pc from 'picocolors';
import { hasColour, type ColourChoice } from './colour.js';
import type { Io } from './io.js';

type Colours = ReturnType<typeof pc.createColors>;

export interface Output {
  /** Colours of stdout. */
  readonly paint: Colours;
  /** Colours of stderr. */
  readonly errorPaint: Colours;
  /** What a command is asked for. */
  readonly data: (text: string) => void;
  /** Text for stderr as it is. */
  readonly aside: (text: string) => void;
  /** `✓ text`: that all is well, beside the data or, where that is a document, on stderr. */
  readonly success: (text: string, where?: 'stdout' | 'stderr') => void;
  readonly note: (text: string) => void;
  readonly failure: (message: string, hint?: string) => void;
}

/** `✓ text`, and its opposite, in the colours of their stream. */
export const tick = (paint: Colours, text: string): string => `${paint.green('✓')} ${text}\n`;
export const cross = (paint: Colours, text: string): string => `${paint.red('✗')} ${text}\n`;

const hintLine = (paint: Colours, hint: string | undefined): string =>
  hint === undefined ? '' : `  ${paint.blue('=')} hint: ${hint}\n`;

export function output(io: Io, choice: ColourChoice): Output {
  const paint = pc.createColors(hasColour(choice, io.env, io.isTerminal.stdout));
  const errorPaint = pc.createColors(hasColour(choice, io.env, io.isTerminal.stderr));
  return {
    paint,
    errorPaint,
    data: io.stdout,
    aside: io.stderr,
    success: (text, where = 'stdout') => {
      if (where === 'stdout') io.stdout(tick(paint, text));
      else io.stderr(tick(errorPaint, text));
    },
    note: (text) => {
      io.stderr(`${errorPaint.cyan('note')}: ${text}\n`);
    },
    failure: (message, hint) => {
      io.stderr(
        `${errorPaint.red('error')}${errorPaint.bold(`: ${message}`)}\n${hintLine(errorPaint, hint)}`,
      );
    },
  };
}

/** The same without what only reassures. */
export const quieted = (out: Output): Output => ({ ...out, success: () => {}, note: () => {} });
