/** `veriloss eval`: the loss, its gradient and the metrics of one objective on batches. */
import type { Command } from 'commander';
import type { Evaluated } from '../../report/evaluated.js';
import { evaluationJson, evaluationJsonLine } from '../../report/evaluation-json.js';
import { evaluationText } from '../../report/evaluation-text.js';
import { problemFailure, readBatches } from '../batches.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EVALUATORS, evaluatorFor } from '../evaluator.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { load } from '../loaded.js';
import {
  choice,
  formatOption,
  perform,
  withConfig,
  withQuiet,
  withStdinName,
  withWatch,
  type ConfigOptions,
  type QuietOption,
  type WatchOption,
} from '../options.js';
import { addSetting, type Settings } from '../settings.js';

const FORMATS = ['json', 'text'] as const;

interface Options extends ConfigOptions, QuietOption, WatchOption {
  readonly batch: string;
  readonly set?: Settings;
  readonly objective?: string;
  readonly backend?: (typeof EVALUATORS)[number];
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly stdinFilename?: string;
}

const HELP = `
A batch is a JSON object with one member per declared input: [B][T] for token inputs, [B] for rollout inputs, [P] for
group inputs, a number for batch inputs; with \`mask\` [B][T] where there are token inputs, and \`group\` [B], integer ids.
"NaN", "inf" and "-inf" are written in quotes. Of a .jsonl file, or of several lines on standard input, every line is
a batch and gives one line of the result.

Backends
  reference  float64, by definition of the language; needs nothing
  cpu, wasm, webgpu, node
             the generated code in float32 on TensorFlow.js, from the packages of the current folder

Exit codes
  0  evaluated
  1  the program is wrong
  2  wrong usage, a batch or a parameter that does not fit, a backend that is missing

Examples
  veriloss eval objectives/grpo.obj --batch batch.json
  veriloss eval objectives/real.obj --batch batches.jsonl --set tau=0.1 --backend wasm
  veriloss eval objectives/real.obj --batch batch.json -o result.json --watch
  cat batch.json | veriloss eval objectives/real.obj --batch - --format text
`;

async function evalCommand(context: Context, path: string, options: Options): Promise<void> {
  const { io, out } = context;
  const { batch, set: settings = {}, backend = 'reference', output } = options;
  const format = formatOf(io.env, options.format, FORMATS) ?? 'json';
  if (path === '-' && batch === '-')
    throw new Failure('the objective and the batch cannot both come from standard input');
  const file = await readText(io, path, options.stdinFilename);
  const { unit } = await load(file, options.objective, configs(io, options));
  const { perLine, list } = await readBatches(io, batch);
  const evaluator = await evaluatorFor(backend, { file, program: unit.program, settings }, io.cwd);
  for (const note of evaluator.notes) out.note(note);

  // All or nothing: half of the results would look like all of them.
  const results: Evaluated[] = [];
  for (const { place, raw } of list) {
    const outcome = await evaluator.evaluate(raw);
    if ('problem' in outcome) throw problemFailure(place, outcome.problem);
    for (const note of outcome.notes) out.note(`${place}: ${note}`);
    results.push(outcome.evaluation);
  }
  const texts = results.map(
    format === 'text' ? evaluationText : perLine ? evaluationJsonLine : evaluationJson,
  );
  deliver(context, output, texts.join(format === 'text' ? '\n' : ''));
}

export function defineEval(program: Command, context: Context): void {
  const command = program
    .command('eval')
    .summary('the loss and its gradient on a batch')
    .description('Evaluates one objective on a batch: the loss, its gradient and the metrics.')
    .argument('<file>', 'an objective file, - for standard input')
    .requiredOption('--batch <batch>', 'a batch (.json), or one per line (.jsonl), - for standard input')
    .option('--set <name=value>', 'a parameter; repeat it for others', addSetting)
    .option('--objective <name>', 'which objective, where the file holds several')
    .addOption(choice('--backend <backend>', `${EVALUATORS.join(', ')} (default: reference)`, EVALUATORS))
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the result goes (default: stdout)');
  withQuiet(withWatch(withConfig(withStdinName(command))))
    .addHelpText('after', HELP)
    .action((path: string, options: Options) =>
      perform(context, options, (own) => evalCommand(own, path, options)),
    );
}
