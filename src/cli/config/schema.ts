/**
 * What a configuration file may hold. Every message is what was expected, for `validated.ts` to put into a sentence.
 * Loaded only where there is a configuration file; `config.schema.json` is generated from it.
 */
import * as v from 'valibot';
import { kinds } from '../../kinds.js';

const SEVERITIES = ['off', 'note', 'warning', 'error'] as const;
const severity = v.picklist(SEVERITIES, '"off", "note", "warning" or "error"');

/** What may be judged otherwise: everything but errors. */
export const adjustable = kinds.filter((kind) => kind.severity !== 'error');

const rule = ({ severity: usual, pedantic, title }: (typeof adjustable)[number]): string =>
  `${title} (${pedantic === true ? 'off unless asked for' : usual})`;

const rules = v.pipe(
  v.strictObject(
    Object.fromEntries(
      adjustable.map((kind) => [kind.code, v.optional(v.pipe(severity, v.description(rule(kind))))]),
    ),
    'an object from codes to severities',
  ),
  v.description('The severity of warnings and notes, by code'),
);

const compile = v.pipe(
  v.strictObject(
    {
      outDir: v.optional(
        v.pipe(
          v.string('a folder'),
          v.nonEmpty('a folder'),
          v.description(
            'The folder that `veriloss compile` writes to, one file per objective; from the folder of this file',
          ),
        ),
      ),
      language: v.optional(
        v.pipe(
          v.picklist(['ts', 'js'], '"ts" or "js"'),
          v.description('The language of compiled code; a JavaScript file comes with its types'),
        ),
        'ts',
      ),
      standalone: v.optional(
        v.pipe(v.boolean('true or false'), v.description('Code that imports nothing of veriloss')),
        false,
      ),
    },
    'an object',
  ),
  v.description('What `veriloss compile` does'),
);

const steps = 'a whole number of steps, 1 at least';
const verify = v.pipe(
  v.strictObject(
    {
      budget: v.optional(
        v.pipe(
          v.number(steps),
          v.integer(steps),
          v.minValue(1, steps),
          v.description(
            'How many steps of work each claim may take before it is unknown, as `--budget` says it',
          ),
        ),
      ),
      cacheFolder: v.optional(
        v.pipe(
          v.string('a folder'),
          v.nonEmpty('a folder'),
          v.description(
            'Where verdicts are kept between runs, from the folder of this file; else `node_modules/.cache/veriloss`, or the cache folder of the user',
          ),
        ),
      ),
    },
    'an object',
  ),
  v.description('What `veriloss verify` does'),
);

export const configSchema = v.pipe(
  v.strictObject(
    {
      $schema: v.optional(
        v.pipe(
          v.string('the address of a JSON schema'),
          v.description('The JSON schema of this file, for editors'),
        ),
      ),
      include: v.optional(
        v.pipe(
          v.array(
            v.pipe(v.string('a pattern'), v.nonEmpty('a pattern')),
            'a list of patterns such as "objectives/**"',
          ),
          v.minLength(1, 'at least one pattern'),
          v.description(
            'Where objectives are looked for when a command names no files: glob patterns from the folder of this file; one that begins with ! leaves files out',
          ),
        ),
        ['objectives/**'],
      ),
      rules: v.optional(rules),
      compile: v.optional(compile),
      verify: v.optional(verify),
    },
    'an object',
  ),
  v.title('Configuration of veriloss'),
);
