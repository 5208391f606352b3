/** What `init` does to each file, decided from what is there. Nothing that is there is overwritten. */
import { ASSOCIATION, GITATTRIBUTES_LINE, GITIGNORE_LINE, LANGUAGE_ID } from '../association.js';
import type { Config } from '../config/config.js';
import type { Answers } from './answers.js';
import { appended, withEntry, withMember } from './merge.js';
import { FIRST_OBJECTIVES } from './objectives.js';
import { workflow } from './workflow.js';

export interface Step {
  /** From the folder of the project. */
  readonly path: string;
  readonly outcome: 'written' | 'extended' | 'unchanged' | 'left';
  /** The whole text of what is written or extended. */
  readonly text?: string;
  /** What was added, or why the file was left as it is and what to do. */
  readonly why?: string;
}

/** What is known of the project. */
export interface Surroundings {
  readonly read: (path: string) => string | undefined;
  /** The names of objectives in objectives/. */
  readonly objectives: readonly string[];
  /** The name of the file that configures the folder itself. */
  readonly configuredBy: string | undefined;
  /** Whether that says where compiled code goes. */
  readonly compiles: boolean;
  /** Whether the folder is below the root of a repository. */
  readonly isInside: boolean;
  /** The names of the commands of this program. */
  readonly commands: readonly string[];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function firstObjective({ objective }: Answers, { objectives }: Surroundings): readonly Step[] {
  if (objective === 'none') return [];
  const path = `objectives/${objective}.obj`;
  if (objectives.length === 0) return [{ path, outcome: 'written', text: FIRST_OBJECTIVES[objective] }];
  return [{ path: 'objectives/', outcome: 'unchanged', why: 'has objectives' }];
}

function configOf({ outDir }: Answers): Config {
  return { include: ['objectives/**'], ...(outDir === '' ? {} : { compile: { outDir } }) };
}

function toml({ include = [], compile }: Config): readonly string[] {
  const folder = compile?.outDir;
  return [
    '[tool.veriloss]',
    `include = [${include.map((pattern) => JSON.stringify(pattern)).join(', ')}]`,
    ...(folder === undefined ? [] : ['', '[tool.veriloss.compile]', `outDir = ${JSON.stringify(folder)}`]),
  ];
}

const SCHEMA = './node_modules/veriloss/config.schema.json';

function configuration(answers: Answers, { read, configuredBy }: Surroundings): readonly Step[] {
  const config = configOf(answers);
  if (answers.configForm === 'none') return [];
  if (configuredBy !== undefined)
    return [{ path: configuredBy, outcome: 'unchanged', why: 'configures veriloss' }];
  switch (answers.configForm) {
    case 'json': {
      const schema = read('package.json') === undefined ? {} : { $schema: SCHEMA };
      return [{ path: 'veriloss.config.json', outcome: 'written', text: json({ ...schema, ...config }) }];
    }
    case 'mjs': {
      const text = `/** What veriloss does in this folder. */\nexport default ${json(config).trimEnd()};\n`;
      return [{ path: 'veriloss.config.mjs', outcome: 'written', text }];
    }
    case 'package': {
      const path = 'package.json';
      const manifest = read(path);
      const text =
        manifest === undefined
          ? json({ private: true, veriloss: config })
          : withMember(manifest, 'veriloss', config);
      if (text === undefined) return [{ path, outcome: 'left', why: 'is not a JSON object' }];
      return [{ path, outcome: manifest === undefined ? 'written' : 'extended', text, why: '"veriloss"' }];
    }
    case 'pyproject': {
      const path = 'pyproject.toml';
      const there = read(path);
      const lines = toml(config);
      if (there === undefined) return [{ path, outcome: 'written', text: appended('', lines) }];
      const text = appended(there, there.trim() === '' ? lines : ['', ...lines]);
      return [{ path, outcome: 'extended', text, why: '[tool.veriloss]' }];
    }
  }
}

/** A line that has to stand below every line that it answers. */
function lineIn(path: string, line: string, answers: RegExp, { read }: Surroundings): Step {
  const text = read(path);
  if (text === undefined) return { path, outcome: 'written', text: `${line}\n` };
  const lines = text.split(/\r?\n/).map((one) => one.trim());
  if (lines.lastIndexOf(line) > lines.findLastIndex((one) => one !== line && answers.test(one)))
    return { path, outcome: 'unchanged' };
  return { path, outcome: 'extended', text: appended(text, [line]), why: line };
}

function settings({ read }: Surroundings): Step {
  const path = '.vscode/settings.json';
  const key = 'files.associations';
  const text = read(path);
  if (text === undefined)
    return { path, outcome: 'written', text: json({ [key]: { [ASSOCIATION]: LANGUAGE_ID } }) };
  if (text.includes(`"${LANGUAGE_ID}"`)) return { path, outcome: 'unchanged' };
  const extended = withEntry(text, key, ASSOCIATION, LANGUAGE_ID);
  if (extended !== undefined) return { path, outcome: 'extended', text: extended, why: `"${key}"` };
  const entry = `"${key}": { "${ASSOCIATION}": "${LANGUAGE_ID}" }`;
  return { path, outcome: 'left', why: `it has comments or another association; add ${entry}` };
}

function ci({ outDir }: Answers, { read, isInside, commands, configuredBy, compiles }: Surroundings): Step {
  const path = '.github/workflows/objectives.yml';
  if (isInside)
    return {
      path,
      outcome: 'left',
      why: 'workflows belong to the root of the repository; run `veriloss init` there',
    };
  const npm =
    read('package.json') === undefined
      ? 'none'
      : read('package-lock.json') === undefined
        ? 'manifest'
        : 'locked';
  const text = workflow({ npm, compiles: configuredBy === undefined ? outDir !== '' : compiles, commands });
  const there = read(path);
  if (there === undefined) return { path, outcome: 'written', text };
  return { path, outcome: 'unchanged', ...(there === text ? {} : { why: 'is there already' }) };
}

/** Every file that `init` cares for, in the order in which it tells of them. */
export const planned = (answers: Answers, there: Surroundings): readonly Step[] => [
  ...firstObjective(answers, there),
  ...configuration(answers, there),
  lineIn('.gitattributes', GITATTRIBUTES_LINE, /\.obj\b.*\b(?:filter|binary|text|diff|merge)/, there),
  lineIn('.gitignore', GITIGNORE_LINE, /^[^!#].*(?:\.obj|\.\[oO\]\S*)$/, there),
  ...(answers.editor === 'vscode' ? [settings(there)] : []),
  ...(answers.ci === 'github' ? [ci(answers, there)] : []),
];
