/** What `init` has to know: from the options, else from the user where there is one, else what is usual. */
import type { Io, Question } from '../io.js';

export const OBJECTIVES = ['grpo', 'real', 'none'] as const;
export const FORMS = ['json', 'mjs', 'package', 'pyproject', 'none'] as const;
export const SERVICES = ['github', 'none'] as const;
export const EDITORS = ['vscode', 'none'] as const;

export interface Answers {
  readonly objective: (typeof OBJECTIVES)[number];
  /** Where the configuration goes. */
  readonly configForm: (typeof FORMS)[number];
  /** Where compiled code goes; empty for nowhere in particular. */
  readonly outDir: string;
  readonly ci: (typeof SERVICES)[number];
  readonly editor: (typeof EDITORS)[number];
}

export const USUAL: Answers = {
  objective: 'grpo',
  configForm: 'json',
  outDir: '',
  ci: 'github',
  editor: 'vscode',
};

type Labels<Words extends readonly string[]> = { readonly [word in Words[number]]: string };

const choices = <const Words extends readonly string[]>(
  words: Words,
  labels: Labels<Words>,
): NonNullable<Question['choices']> => words.map((value: Words[number]) => ({ value, label: labels[value] }));

const QUESTIONS: { readonly [key in keyof Answers]: Omit<Question, 'usual'> } = {
  objective: {
    text: 'Which objective should objectives/ begin with?',
    choices: choices(OBJECTIVES, {
      grpo: 'GRPO, the clipped surrogate without a critic',
      real: 'REAL, rewards as labels',
      none: 'none',
    }),
  },
  configForm: {
    text: 'Where should the configuration be?',
    choices: choices(FORMS, {
      json: 'veriloss.config.json',
      mjs: 'veriloss.config.mjs',
      package: 'package.json',
      pyproject: 'pyproject.toml',
      none: 'nowhere, the defaults do',
    }),
  },
  outDir: { text: 'Which folder should compiled code go to? (empty: each compile says it)' },
  ci: {
    text: 'Which service checks the objectives at every push?',
    choices: choices(SERVICES, { github: 'GitHub Actions', none: 'none' }),
  },
  editor: {
    text: 'Which editor should take objectives for what they are?',
    choices: choices(EDITORS, { vscode: 'VS Code', none: 'none' }),
  },
};

/** The answers, in order of the questions; nothing where the user breaks off. */
export async function answered(
  io: Io,
  given: Partial<Answers>,
  mayAsk: (key: keyof Answers) => boolean,
): Promise<Answers | undefined> {
  let answers: Answers = { ...USUAL, ...given };
  for (const key of Object.keys(QUESTIONS) as (keyof Answers)[]) {
    if (given[key] !== undefined || !mayAsk(key)) continue;
    const answer = await io.ask({ ...QUESTIONS[key], usual: USUAL[key] });
    if (answer === undefined) return undefined;
    answers = { ...answers, [key]: answer.trim() };
  }
  return answers;
}
