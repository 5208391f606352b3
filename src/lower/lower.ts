/** From a checked objective to a program: functions and aggregates expanded, names kept, derivatives taken. */
import { input, named, neg } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Documentation, LetInfo, Loss, Program, Weight } from '../ir/program.js';
import type { Input, Let, Model, Optimized, Param } from '../check/model.js';
import type { Doc } from '../syntax/ast.js';
import { derivativeOf, lowerExpr, type Names } from './expression.js';

/** Lowers a model, which has no errors. */
export function lower(model: Model): Program {
  const names = new Map<string, Expr>();
  for (const { name } of model.params) names.set(name.text, input('param', name.text, 'batch'));
  for (const { name, role, level } of model.inputs) names.set(name.text, input(role, name.text, level));
  const lets: LetInfo[] = [];
  const weights: Weight[] = [];
  for (const one of model.lets) {
    const { value, weight } = lowerLet(one, names);
    names.set(one.name.text, value);
    lets.push({ name: one.name.text, value, doc: documentation(one.doc) });
    if (weight !== undefined) weights.push(weight);
  }
  return {
    name: model.name.text,
    ...(model.title === undefined ? {} : { title: model.title }),
    doc: documentation(model.doc),
    params: model.params.map(paramInfo),
    inputs: model.inputs.map(inputInfo),
    lets,
    losses: model.losses.map((one) => lowerLoss(one, names)),
    metrics: model.metrics.map((metric) => ({
      name: metric.name.text,
      value: lowerExpr(metric.value, names),
      doc: documentation(metric.doc),
    })),
    assumptions: model.assumptions.map((one) => lowerExpr(one, names)),
    weights,
  };
}

function lowerLoss({ direction, value, name }: Optimized, names: Names): Loss {
  const objective = lowerExpr(value, names);
  const loss = direction === 'minimize' ? objective : neg(objective);
  return { ...(name === undefined ? {} : { name: name.text }), direction, objective, loss };
}

interface Lowered {
  readonly value: Expr;
  readonly weight?: Weight;
}

/** A let is one object, whatever reads it; one that is a `grad` as a whole is a gradient weight too. */
function lowerLet({ name, value, type, weight }: Let, names: Names): Lowered {
  const score = weight && names.get(weight.score);
  if (weight === undefined || score === undefined)
    return { value: named(name.text, lowerExpr(value, names), type.level) };
  const of = lowerExpr(weight.of, names);
  const derivative = named(name.text, derivativeOf(of, score), type.level);
  return {
    value: derivative,
    weight: { name: name.text, of, score: weight.score, level: score.type.level, value: derivative },
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
