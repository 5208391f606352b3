/**
 * The parts of docs/command-line.md that the program itself knows: they stand between comments that name them, and are
 * replaced there. Everything else on the page is written by hand.
 */
import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { configSchema } from '../src/cli/config/schema.js';
import { settingsOf } from '../src/cli/config/listed.js';
import type { Io } from '../src/cli/io.js';
import { run } from '../src/cli/run.js';

const PAGE = new URL('../docs/command-line.md', import.meta.url);

/** What a command prints in an empty surrounding. */
async function printed(...argv: readonly string[]): Promise<string> {
  let text = '';
  const io: Io = {
    stdout: (more) => void (text += more),
    stderr: (more) => void (text += more),
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd: '/',
    env: {},
    isTerminal: { stdin: false, stdout: false, stderr: false },
    now: () => 0,
    onRead: () => {},
    ask: () => Promise.resolve(undefined),
  };
  await run(argv, io);
  return text;
}

interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const code = (text: string): string => `\`${text}\``;
const shown = (value: unknown): string => (value === undefined ? '' : code(JSON.stringify(value)));
const typeOf = (schema: JsonSchema): string =>
  schema.enum === undefined
    ? ({ array: 'list of patterns', string: 'text', boolean: 'true or false', integer: 'whole number' }[
        schema.type ?? ''
      ] ?? '')
    : schema.enum.map((word) => code(JSON.stringify(word))).join(', ');

function rows(properties: Readonly<Record<string, JsonSchema>>, prefix = ''): readonly string[] {
  return Object.entries(properties).flatMap(([key, schema]) =>
    schema.properties === undefined
      ? [
          `| ${code(prefix + key)} | ${typeOf(schema)} | ${shown(schema.default)} | ${schema.description ?? ''} |`,
        ]
      : rows(schema.properties, `${prefix}${key}.`),
  );
}

function configKeys(): string {
  const schema = toJsonSchema(configSchema) as unknown as JsonSchema;
  // What stands for a setting is said twice, to the schema and to `veriloss config`.
  const usual = new Map(settingsOf({}, '').map(({ key, value }) => [key, value]));
  const properties = schema.properties ?? {};
  if (JSON.stringify(properties['include']?.default) !== JSON.stringify(usual.get('include')))
    throw new Error('the schema and the command disagree on the default of `include`');
  return ['| Key | Value | Default | Means |', '|---|---|---|---|', ...rows(properties)].join('\n');
}

/** The text of a block by its name. */
async function block(name: string): Promise<string> {
  if (name === 'config keys') return configKeys();
  const words = name === 'veriloss' ? [] : name.replace('veriloss ', '').split(' ');
  return `\`\`\`text\n${(await printed(...words, '--help')).trim()}\n\`\`\``;
}

/** The page with every block as the program is today. */
export async function commandLinePage(): Promise<string> {
  const page = readFileSync(PAGE, 'utf8');
  const pattern = /(<!-- generated: (.*?) -->\n)[\s\S]*?(<!-- end -->)/g;
  const blocks = new Map<string, string>();
  for (const [, , name = ''] of page.matchAll(pattern)) blocks.set(name, await block(name));
  return page.replace(pattern, (_all, start: string, name: string, end: string) => {
    return `${start}\n${blocks.get(name) ?? ''}\n\n${end}`;
  });
}
