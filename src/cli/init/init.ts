/** Carries out what `plan.ts` decides: looks at the folder, asks, writes, and says what it did to each file. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { counted } from '../../report/diagnostics-text.js';
import { EXTENSIONS } from '../../syntax/formats.js';
import type { Config } from '../config/config.js';
import { configIn } from '../config/find.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { DEFAULT_FOLDER } from '../files.js';
import { writeAll } from '../written.js';
import { answered, type Answers } from './answers.js';
import { planned, type Step, type Surroundings } from './plan.js';

export interface InitOptions extends Partial<Answers> {
  readonly yes?: true;
  readonly dryRun?: true;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function objectivesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => EXTENSIONS.some((extension) => name.endsWith(extension)));
}

/** Whether a folder above, and not this one, is the root of a repository. */
function isInside(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return false;
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, '.git'))) return true;
  return false;
}

async function surroundings(
  { io }: Context,
  folder: string,
  commands: readonly string[],
): Promise<Surroundings> {
  const config = await configIn(io, folder);
  return {
    read: (path) => textOf(join(folder, path)),
    objectives: objectivesIn(join(folder, DEFAULT_FOLDER)),
    configuredBy: config === undefined ? undefined : basename(config.file),
    compiles: (config?.value as Config | null | undefined)?.compile?.outDir !== undefined,
    isInside: isInside(folder),
    commands,
  };
}

type Words = Readonly<Record<Step['outcome'], string>>;
const DONE: Words = {
  written: 'written',
  extended: 'added',
  unchanged: 'as it should be',
  left: 'left as it is:',
};
const WOULD_BE: Words = { ...DONE, written: 'would be written', extended: 'would be given' };

function told(steps: readonly Step[], words: Words): string {
  const width = Math.max(...steps.map(({ path }) => path.length));
  const line = ({ path, outcome, why }: Step): string => {
    if (outcome === 'unchanged' && why !== undefined) return `${path.padEnd(width)}  ${why}\n`;
    const more = why === undefined || outcome === 'written' ? '' : ` ${why}`;
    return `${path.padEnd(width)}  ${words[outcome]}${more}\n`;
  };
  return steps.map(line).join('');
}

function verdict(steps: readonly Step[], isDry: boolean): string {
  const count = (outcome: Step['outcome']): number => steps.filter((step) => step.outcome === outcome).length;
  const [written, extended, left] = [count('written'), count('extended'), count('left')];
  const toYou = left === 0 ? '' : `; ${counted(left, 'file')} left to you`;
  if (written + extended === 0) return left === 0 ? 'nothing to do' : `nothing was written${toYou}`;
  const parts = [
    ...(written === 0 ? [] : [`${counted(written, 'file')} written`]),
    ...(extended === 0 ? [] : [`${counted(extended, 'file')} extended`]),
  ];
  return isDry ? 'nothing was written: --dry-run' : `${parts.join(', ')}${toYou}`;
}

function nextSteps(
  steps: readonly Step[],
  { outDir }: Answers,
  folder: string,
  { read }: Surroundings,
): string {
  const first = steps.find(({ path, outcome }) => outcome === 'written' && path.endsWith('.obj'))?.path;
  const isDependency = read('package.json')?.includes('"veriloss":') ?? true;
  const lines = [
    ...(folder === '.' ? [] : [`cd ${folder}`]),
    ...(isDependency ? [] : ['npm install --save-dev veriloss']),
    'npx veriloss check',
    ...(outDir === '' ? [] : ['npx veriloss compile']),
    ...(first === undefined ? [] : [`npx veriloss explain ${first}`]),
  ];
  return `\nnext\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

export async function init(
  context: Context,
  folder: string,
  { yes, dryRun, ...given }: InitOptions,
  commands: readonly string[],
): Promise<void> {
  const { io, out, settle } = context;
  const isDry = dryRun === true;
  const root = resolve(io.cwd, folder);
  if (existsSync(root) && !statSync(root).isDirectory())
    throw new Failure(`${folder} is a file, expected a folder`);
  const there = await surroundings(context, root, commands);
  // What is there needs no answer.
  const settled: readonly (keyof Answers)[] = [
    ...(there.objectives.length > 0 ? (['objective'] as const) : []),
    ...(there.configuredBy === undefined ? [] : (['configForm', 'outDir'] as const)),
  ];
  const mayAsk = io.isTerminal.stdin && io.isTerminal.stdout && !yes;
  const answers = await answered(io, given, (key) => mayAsk && !settled.includes(key));
  if (answers === undefined) {
    out.aside('nothing was written\n');
    settle(EXIT.interrupted);
    return;
  }
  const steps = planned(answers, there);
  const files = steps.flatMap(({ path, text }) =>
    text === undefined ? [] : [{ path: join(root, path), name: path, text }],
  );
  if (!isDry) writeAll(files);
  out.data(`${told(steps, isDry ? WOULD_BE : DONE)}\n`);
  out.success(verdict(steps, isDry));
  if (files.length > 0 && !isDry) out.data(nextSteps(steps, answers, folder, there));
}
