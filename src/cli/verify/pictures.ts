/** The pictures of a report: each gradient weight that an objective names, with the bounds that it claims and what breaks them. */
import { resolveParams } from '../../batch/params.js';
import type { Analysis, Unit } from '../../compile.js';
import { titleOf, type VerifiedObjective } from '../../report/verified.js';
import type { HtmlOptions } from '../../report/verdicts-html.js';

/** Relative log-probabilities that are drawn, and rollouts of each class, as `veriloss plot` has them. */
const OPTIONS = { x: { low: -3, high: 3 }, each: 4 } as const;

/** Loads what draws, and draws; an objective whose weights cannot be drawn has no picture. */
export async function picturesOf(
  analyses: readonly Analysis[],
): Promise<NonNullable<HtmlOptions['pictures']>> {
  const [{ picture }, { svg }] = await Promise.all([
    import('../../pictures.js'),
    import('../../plot/svg.js'),
  ]);
  let count = 0;
  const drawn = (analysis: Analysis, unit: Unit, one: VerifiedObjective): readonly string[] => {
    const params = paramsOf(unit, one);
    if (params === undefined) return [];
    const { source } = analysis;
    const witnesses = one.verdicts.flatMap(({ witness, claim, ...verdict }) =>
      witness === undefined ? [] : [{ claim, label: titleOf({ claim, ...verdict }), witness }],
    );
    return unit.program.weights.flatMap(({ name: weight }) => {
      const made = picture([{ unit, source, params, weight, witnesses }], OPTIONS);
      if ('problem' in made) return [];
      count += 1;
      return [svg(made.picture, `picture-${String(count)}-`)];
    });
  };
  return (file, name) =>
    analyses
      .filter(({ source }) => source.name === file.source.name)
      .flatMap((analysis) => {
        const unit = analysis.units.find(({ program }) => program.name === name);
        const one = file.objectives.find((objective) => objective.name === name);
        return unit === undefined || one === undefined ? [] : drawn(analysis, unit, one);
      });
}

/** The defaults; where a parameter has none, the values of a witness. */
function paramsOf(
  { program: { params } }: Unit,
  { verdicts }: VerifiedObjective,
): ReadonlyMap<string, number> | undefined {
  const usual = resolveParams(params, {});
  if ('values' in usual) return usual.values;
  const witness = verdicts.find((one) => one.witness !== undefined)?.witness;
  const chosen = witness && resolveParams(params, witness.params);
  return chosen !== undefined && 'values' in chosen ? chosen.values : undefined;
}
