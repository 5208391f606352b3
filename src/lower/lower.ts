/** From a checked objective to a program: functions and aggregates expanded, names kept, derivatives taken. */
import { nameable } from '../base/level.js';
import { input, named, neg } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Documentation, LetInfo, Loss, Program, Weight } from '../ir/program.js';
import type { Input, Let, Model, Optimized, Param } from '../check/model.js';
import type * as ast from '../syntax/ast.js';
import type { Doc } from '../syntax/ast.js';
import { lowerClaim } from './claims.js';
import { derivativeOf, lowerExpr, type Names, type Places } from './expression.js';

/** A program, and what the expressions of its objective became in it: what the lints read. */
export interface Lowered {
  readonly program: Program;
  readonly places: ReadonlyMap<ast.Expr, Expr>;
}

/** Lowers a model, which has no errors. */
export function lower(model: Model): Lowered {
  const names = new Map<string, Expr>();
  const places: Places = new Map();
  for (const { name } of model.params) names.set(name.text, input('param', name.text, 'batch'));
  for (const { name, role, level } of model.inputs) names.set(name.text, input(role, name.text, level));
  const lets: LetInfo[] = [];
  const weights: Weight[] = [];
  for (const one of model.lets) {
    const { value, weight } = lowerLet(one, names, places);
    names.set(one.name.text, value);
    lets.push({ name: one.name.text, value, doc: documentation(one.doc) });
    if (weight !== undefined) weights.push(weight);
  }
  const program: Program = {
    name: model.name.text,
    ...(model.title === undefined ? {} : { title: model.title }),
    doc: documentation(model.doc),
    params: model.params.map(paramInfo),
    inputs: model.inputs.map(inputInfo),
    lets,
    losses: model.losses.map((one) => lowerLoss(one, names, places)),
    metrics: model.metrics.map((metric) => ({
      name: metric.name.text,
      value: lowerExpr(metric.value, names, places),
      doc: documentation(metric.doc),
    })),
    assumptions: model.assumptions.map((one) => lowerExpr(one, names, places)),
    weights,
    claims: model.claims.map((one) => lowerClaim(one, names, new Map(places))),
  };
  return { program, places };
}

function lowerLoss({ direction, value, name }: Optimized, names: Names, places: Places): Loss {
  const objective = lowerExpr(value, names, places);
  const loss = direction === 'minimize' ? objective : neg(objective);
  return { ...(name === undefined ? {} : { name: name.text }), direction, objective, loss };
}

interface LoweredLet {
  readonly value: Expr;
  readonly weight?: Weight;
}

/** A let is one object, whatever reads it; one that is a `grad` as a whole is a gradient weight too. */
function lowerLet({ name, value, type, weight }: Let, names: Names, places: Places): LoweredLet {
  const score = weight && names.get(weight.score);
  if (weight === undefined || score === undefined)
    return { value: named(name.text, lowerExpr(value, names, places), type.level) };
  const of = lowerExpr(weight.of, names, places);
  const derivative = named(name.text, derivativeOf(of, score), type.level);
  return {
    value: derivative,
    weight: {
      name: name.text,
      of,
      score: weight.score,
      level: nameable(score.type.level),
      value: derivative,
    },
  };
}

function documentation(doc: Doc | undefined, description?: string): Documentation {
  const texts = [doc?.text ?? '', description ?? ''].filter((text) => text !== '');
  const fields = (key: Doc['fields'][number]['key']): readonly string[] =>
    (doc?.fields ?? []).filter((field) => field.key === key).map(({ text }) => text);
  return {
    text: texts.join('\n'),
    paper: fields('paper'),
    equation: fields('equation'),
    differs: fields('differs'),
  };
}

const paramInfo = (param: Param): Program['params'][number] => ({
  name: param.name.text,
  domain: param.domain,
  ...(param.default === undefined ? {} : { default: param.default }),
  doc: documentation(param.doc, param.description),
});

const inputInfo = ({ name, role, level, domain, doc, description }: Input): Program['inputs'][number] => ({
  name: name.text,
  role,
  level,
  ...(domain === undefined ? {} : { domain }),
  doc: documentation(doc, description),
});
