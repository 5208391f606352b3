/** The view that a certificate declares: which lets are taken as they are, and what its names for sets of others mean. */
import { each, fields, oneOf, string } from '../json.js';
import { demand, reject } from '../rejection.js';
import { readCondition, readTerm, type Condition, type Term } from '../term.js';
import { namesIn } from '../variables.js';

/** The members of an index set, other than the element that it is seen from, for which a condition holds. */
export interface Family {
  readonly name: string;
  /** Prefix, without its dot, of what is read at a generic member. */
  readonly set: string;
  readonly from: 'token' | 'rollout' | 'group' | 'peer';
  readonly to: 'rollout' | 'group' | 'batch';
  readonly copy?: number;
  readonly where: Condition;
  readonly ownInside: boolean;
}
/** A whole set that does not hold the element that it is seen from: sizes are 1 at least. */
export const isNeverEmpty = ({ where, copy, ownInside, from }: Family): boolean =>
  where.op === 'boolean' && where.value && copy === undefined && !ownInside && from !== 'peer';

/** The sum, or the extreme, of a body over a family. */
export interface Rest {
  readonly name: string;
  readonly family: Family;
  readonly reduce: 'sum' | 'max' | 'min';
  readonly body: Term;
}
export interface Lift {
  readonly family: Family;
  readonly relation: '>=' | '>' | '==';
  readonly weights: readonly { readonly rest: Rest; readonly weight: Term }[];
  readonly constant: Term;
  readonly by: unknown;
  readonly where: string;
}
export interface Split {
  readonly whole: Family;
  readonly on: Condition;
  readonly then: Family;
  readonly else: Family;
  readonly where: string;
}
export interface ScanSign {
  readonly name: string;
  readonly set: string;
  readonly relation: '>=' | '<=' | '==';
  readonly by: unknown;
  readonly where: string;
}
export interface Single {
  readonly family: Family;
  readonly by: unknown;
  readonly where: string;
}
export interface View {
  readonly opaque: ReadonlySet<string>;
  readonly families: readonly Family[];
  readonly rests: readonly Rest[];
  readonly splits: readonly Split[];
  readonly lifts: readonly Lift[];
  readonly scans: readonly ScanSign[];
  readonly singles: readonly Single[];
}
export const NO_VIEW: View = {
  opaque: new Set(),
  families: [],
  rests: [],
  splits: [],
  lifts: [],
  scans: [],
  singles: [],
};

/** Sets are called f1, f2, …, and f1.f1 where they are seen from a member of f1; the families in them f1 and f1:1. */
const SET = /^(f\d+\.)*f\d+$/;
const FAMILY = /^((?:f\d+\.)*f\d+)(?::\d+)?$/;

export function readView(json: unknown, where: string): View {
  if (json === undefined) return NO_VIEW;
  const view = fields(json, where);
  const families = each(view['families'], `${where}.families`, readFamily);
  const familyNamed = (name: unknown, at: string): Family =>
    families.find((one) => one.name === name) ?? reject(at, `there is no family ${String(name)}`);
  for (const one of families)
    for (const other of families)
      demand(
        one.set !== other.set ||
          (one.from === other.from && one.to === other.to && one.ownInside === other.ownInside),
        where,
        `${one.name} and ${other.name} are of different sets`,
      );
  const rests = each(view['rests'], `${where}.rests`, (json_, at): Rest => {
    const one = fields(json_, at);
    const family = familyNamed(one['family'], at);
    const name = string(one['name'], at);
    demand(
      name.startsWith(`${family.name}:`) && name !== `${family.name}:count`,
      at,
      `${name} is no name of a rest`,
    );
    return {
      name,
      family,
      reduce: oneOf(one['reduce'], ['sum', 'max', 'min'], `${at}.reduce`),
      body: readTerm(one['body'], `${at}.body`),
    };
  });
  const names = [
    ...families.flatMap(({ name }) => [name, `${name}:count`]),
    ...rests.map(({ name }) => name),
  ];
  demand(new Set(names).size === names.length, where, 'two families or rests have the same name');
  const splits =
    view['splits'] === undefined
      ? []
      : each(view['splits'], `${where}.splits`, (json_, at): Split => {
          const one = fields(json_, at);
          return {
            whole: familyNamed(one['family'], at),
            on: readCondition(one['on'], `${at}.on`),
            then: familyNamed(one['then'], at),
            else: familyNamed(one['else'], at),
            where: at,
          };
        });
  demandNoCircle(families, rests, where);
  const lifts = each(view['lifts'], `${where}.lifts`, (json_, at) => readLift(json_, at, familyNamed, rests));
  const scans = view['scans'] === undefined ? [] : each(view['scans'], `${where}.scans`, readScanSign);
  const opaque = new Set(each(view['opaque'], `${where}.opaque`, string));
  const singles =
    view['singles'] === undefined
      ? []
      : each(view['singles'], `${where}.singles`, (json_, at): Single => {
          const one = fields(json_, at);
          return { family: familyNamed(one['family'], at), by: one['by'], where: at };
        });
  return { opaque, families, rests, splits, lifts, scans, singles };
}

/** What a name means must not rest on that name itself. */
function demandNoCircle(families: readonly Family[], rests: readonly Rest[], where: string): void {
  const uses = new Map<string, readonly string[]>([
    ...families.map((one) => [`${one.name}:count`, [...namesIn(one.where)]] as const),
    ...rests.map(({ name, body, family }) => [name, [...namesIn(body), ...namesIn(family.where)]] as const),
  ]);
  const done = new Set<string>();
  const visit = (name: string, open: readonly string[]): void => {
    demand(!open.includes(name), where, `${name} is defined by itself`);
    if (done.has(name)) return;
    for (const used of uses.get(name) ?? []) visit(used, [...open, name]);
    done.add(name);
  };
  for (const name of uses.keys()) visit(name, []);
}

function readFamily(json: unknown, where: string): Family {
  const one = fields(json, where);
  const [name, set] = [string(one['name'], `${where}.name`), string(one['set'], `${where}.set`)];
  demand(SET.test(set) && FAMILY.exec(name)?.[1] === set, where, `${name} is no name of a family in ${set}`);
  const copy = one['copy'];
  demand(copy === undefined || typeof copy === 'number', `${where}.copy`, 'expected the number of a copy');
  return {
    name,
    set,
    from: oneOf(one['from'], ['token', 'rollout', 'group', 'peer'], `${where}.from`),
    to: oneOf(one['to'], ['rollout', 'group', 'batch'], `${where}.to`),
    ...(typeof copy === 'number' && { copy }),
    where: readCondition(one['where'], `${where}.where`),
    ownInside: one['ownInside'] === true,
  };
}

function readLift(
  json: unknown,
  where: string,
  familyNamed: (name: unknown, at: string) => Family,
  rests: readonly Rest[],
): Lift {
  const one = fields(json, where);
  const family = familyNamed(one['family'], where);
  const weights = each(one['weights'], `${where}.weights`, (json_, at) => {
    const { rest, weight } = fields(json_, at);
    const found = rests.find(({ name }) => name === rest) ?? reject(at, `there is no rest ${String(rest)}`);
    demand(found.family === family, at, `${found.name} is no rest of ${family.name}`);
    return { rest: found, weight: readTerm(weight, `${at}.weight`) };
  });
  demand(
    weights.length === 1 || weights.every(({ rest }) => rest.reduce === 'sum'),
    where,
    'an extreme is added to something',
  );
  const relation = oneOf(one['relation'], ['>=', '>', '=='], `${where}.relation`);
  return {
    family,
    relation,
    weights,
    constant: readTerm(one['constant'], `${where}.constant`),
    by: one['by'],
    where,
  };
}

function readScanSign(json: unknown, where: string): ScanSign {
  const one = fields(json, where);
  return {
    name: string(one['name'], `${where}.name`),
    set: string(one['set'], `${where}.set`),
    relation: oneOf(one['relation'], ['>=', '<=', '=='], `${where}.relation`),
    by: one['by'],
    where,
  };
}

/** The prefix of the element that a set is seen from: none of its own. */
export const seenFrom = (set: string): string => set.slice(0, set.lastIndexOf('.') + 1);
