import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'vitest';
import { analyze } from '/work/wt/f/src/compile.js';
import { refute } from '/work/wt/f/src/verify/refute/refute.js';
import { budgetOf } from '/work/wt/f/src/verify/budget.js';
test('try', () => {
  const kinds: Record<string, number[]> = {};
  let total = 0;
  const slow: [number, string][] = [];
  for (const f of readdirSync('/work/wt/f/objectives').filter((x) => x.endsWith('.obj'))) {
    if (process.env.ONLY && !f.includes(process.env.ONLY)) continue;
    const a = analyze(readFileSync(`/work/wt/f/objectives/${f}`, 'utf8'), f);
    for (const { program } of a.units)
      for (const claim of program.claims) {
        if (process.env.FMODE && claim.mode !== process.env.FMODE) continue;
        if (process.env.KIND && claim.statement.kind !== process.env.KIND) continue;
        const t = performance.now();
        const r = refute(program, claim, budgetOf(Number(process.env.BUDGET ?? 200000)));
        const ms = performance.now() - t;
        total += ms;
        slow.push([ms, `${f} ${claim.mode} ${claim.statement.kind} ${claim.label}`]);
        const k = `${claim.mode} ${claim.statement.kind}`;
        const c = (kinds[k] ??= [0, 0, 0]);
        c[0]! += 1;
        c[2]! += ms;
        if (r) c[1]! += 1;
        const bad = (claim.mode === 'refute') !== (r !== undefined);
        if (bad || process.env.ALL)
          console.log(
            bad ? 'BAD' : 'ok ',
            f,
            claim.mode,
            claim.statement.kind,
            claim.label ?? '',
            ms.toFixed(1),
            r?.witness.summary ?? '',
            r
              ? [r.witness.logProbabilities, r.witness.overridden ?? '', r.witness.instead ?? ''].join(' ')
              : '',
            process.env.FULL && r ? JSON.stringify(r.witness.points) : '',
          );
      }
  }
  console.log(kinds, total);
  slow.sort((a, b) => b[0] - a[0]);
  console.log(slow.slice(0, 12));
}, 600000);
