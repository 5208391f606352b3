/** The workflow by which GitHub checks the objectives at every push. */
import { VERSION } from '../../base/version.js';

export interface Project {
  /** Whether there is a package.json, and a lock beside it. */
  readonly npm: 'none' | 'manifest' | 'locked';
  readonly compiles: boolean;
  /** The names of the commands of this program. */
  readonly commands: readonly string[];
}

/** The commands that CI runs, in order; the formatter only in an edition that has it. */
export const checksOf = ({ compiles, commands }: Project): readonly string[] => [
  ...(commands.includes('fmt') ? ['fmt --check'] : []),
  'check',
  ...(compiles ? ['compile --check'] : []),
];

const INSTALL = { none: [], manifest: ['npm install'], locked: ['npm ci'] } as const;

export function workflow(project: Project): string {
  const command = project.npm === 'none' ? `npx --yes veriloss@${VERSION}` : 'npx veriloss';
  const runs = [...INSTALL[project.npm], ...checksOf(project).map((words) => `${command} ${words}`)];
  return `# Checks the objectives; mistakes are annotated beside the changed lines.
name: objectives
on: [push, pull_request]
permissions:
  contents: read
jobs:
  objectives:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 24
${project.npm === 'locked' ? '          cache: npm\n' : ''}${runs.map((run) => `      - run: ${run}\n`).join('')}`;
}
