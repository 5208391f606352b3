/** The page that goes with a folder of test vectors: what a file holds, and how to use it in any language. */
import { domainText } from '../base/domain.js';
import type { Level } from '../base/level.js';
import type { Program } from '../ir/program.js';
import type { VectorSetText } from './vectors-json.js';

const SHAPES: Readonly<Record<Level, string>> = {
  batch: 'a number',
  group: '[P], in ascending order of group id',
  rollout: '[B]',
  token: '[B][T]',
};

const inputLines = ({ inputs }: Program): readonly string[] =>
  inputs.map(
    ({ name, role, level, domain }) =>
      `| \`${name}\` | ${role} | ${SHAPES[level]} | ${domain === undefined ? 'real' : domainText(domain)} |`,
  );

const familyLines = ({ vectors, gaps }: VectorSetText): readonly string[] => {
  const families = [...new Set(vectors.map(({ family }) => family))];
  return [
    ...families.map((family) => {
      const names = vectors.filter((one) => one.family === family).map(({ name }) => `\`${name}\``);
      return `- **${family}**: ${names.join(', ')}`;
    }),
    ...gaps.map(
      ({ family, name, why }) =>
        `- **${family}**${name === undefined ? '' : ` \`${name}\``}: left out, ${why}`,
    ),
  ];
};

export const vectorsReadme = (set: VectorSetText, program: Program): string =>
  `${[
    `# Test vectors of \`${set.objective}\``,
    '',
    `Written by veriloss ${set.veriloss} with seed ${set.seed}. Every \`.json\` file beside \`manifest.json\` is one vector: a`,
    'batch and parameters, and the loss, the gradient and the metrics that the objective has on them, in double precision.',
    'Numbers read back as the very doubles; `"NaN"`, `"inf"` and `"-inf"` are in quotes, because JSON has no numbers for them.',
    '',
    '| Member | Holds |',
    '|---|---|',
    '| `name`, `family`, `description` | what it is called, and what it asks |',
    '| `params` | a value for every parameter |',
    '| `batch` | `group` [B]: integer ids in any order; `mask` [B][T]: 1 where a token counts; and the inputs below |',
    '| `loss` | what is minimised |',
    '| `grad` | by name of model input, in its shape; 0 at masked positions |',
    '| `metrics` | by name |',
    '| `tolerance` | `float64` and `float32`, each `{rtol, atol}` for `abs(found - expected) <= atol + rtol * abs(expected)`; `float32` is null where single precision cannot tell |',
    '| `same_as` | the vector with exactly the same results: only what is masked differs |',
    '| `reorders` | the vector with the same rollouts: row i here is row `rows[i]` there |',
    '| `fingerprint` | changes with the meaning of the objective, not with its wording |',
    '',
    'An expected number that is not finite means that the objective itself overflows there: any infinity or NaN is right.',
    '',
    '| Input | Role | Shape | Domain |',
    '|---|---|---|---|',
    ...inputLines(program),
    '',
    'To have your results judged, write one JSON object with a member per vector, `{"loss": …, "grad": {…}}`, and run',
    '',
    '```sh',
    'veriloss conform FILE.obj --vectors THIS_FOLDER --against results.json',
    '```',
    '',
    ...familyLines(set),
  ].join('\n')}\n`;
