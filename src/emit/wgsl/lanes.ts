/**
 * What the lanes of a workgroup come to together, as functions of WGSL: by trees over memory of the workgroup, so the
 * same from run to run. All lanes have to call them, and each is answered the same.
 */

interface Tree {
  /** Parameters beside the lane, each put into the memory of the same place. */
  readonly params: readonly (readonly [name: string, memory: 'reals' | 'places'])[];
  readonly returns: 'f32' | 'i32' | 'bool';
  /** What a lane does with what stands `half` further on. */
  readonly merge: string;
  readonly answer: string;
}

const REALS = [['x', 'reals']] as const;
const AT = [
  ['x', 'reals'],
  ['at', 'places'],
] as const;
const takes = (condition: string): string =>
  `if (${condition}) { reals[lane] = reals[lane + half]; places[lane] = places[lane + half]; }`;
const extremeAt = (sign: '>' | '<'): Tree => ({
  params: AT,
  returns: 'i32',
  merge: takes(
    `better_at(reals[lane + half] ${sign} reals[lane], reals[lane], places[lane], reals[lane + half], places[lane + half])`,
  ),
  answer: 'places[0]',
});

const TREES: Readonly<Record<string, Tree>> = {
  sum_of_lanes: {
    params: REALS,
    returns: 'f32',
    merge: 'reals[lane] += reals[lane + half];',
    answer: 'reals[0]',
  },
  greatest_of_lanes: {
    params: REALS,
    returns: 'f32',
    merge: 'reals[lane] = greater(reals[lane], reals[lane + half]);',
    answer: 'reals[0]',
  },
  least_of_lanes: {
    params: REALS,
    returns: 'f32',
    merge: 'reals[lane] = lesser(reals[lane], reals[lane + half]);',
    answer: 'reals[0]',
  },
  first_of_lanes: {
    params: AT,
    returns: 'f32',
    merge: takes('places[lane + half] < places[lane]'),
    answer: 'reals[0]',
  },
  greatest_at_of_lanes: extremeAt('>'),
  least_at_of_lanes: extremeAt('<'),
  is_any_of_lanes: {
    params: [['x', 'places']],
    returns: 'bool',
    merge: 'places[lane] |= places[lane + half];',
    answer: 'places[0] != 0',
  },
};

function treeText(name: string, { params, returns, merge, answer }: Tree): string {
  const isFlag = returns === 'bool';
  const typed = params.map(
    ([param, memory]) => `${param}: ${isFlag ? 'bool' : memory === 'reals' ? 'f32' : 'i32'}`,
  );
  return [
    `fn ${name}(lane: u32, ${typed.join(', ')}) -> ${returns} {`,
    ...params.map(([param, memory]) => `  ${memory}[lane] = ${isFlag ? `select(0, 1, ${param})` : param};`),
    '  workgroupBarrier();',
    '  for (var half = LANES / 2u; half > 0u; half /= 2u) {',
    `    if (lane < half) { ${merge} }`,
    '    workgroupBarrier();',
    '  }',
    `  let answer = ${answer};`,
    '  workgroupBarrier();',
    '  return answer;',
    '}',
  ].join('\n');
}

/** The trees that a text calls, with the memory they need. */
export function treesFor(text: string): readonly string[] {
  const called = Object.entries(TREES).filter(([name]) => text.includes(`${name}(`));
  const memory = (name: 'reals' | 'places', type: string): readonly string[] =>
    called.some(([, { params }]) => params.some(([, own]) => own === name))
      ? [`var<workgroup> ${name}: array<${type}, LANES>;`]
      : [];
  return [
    ...memory('reals', 'f32'),
    ...memory('places', 'i32'),
    ...called.map(([name, tree]) => treeText(name, tree)),
  ];
}
