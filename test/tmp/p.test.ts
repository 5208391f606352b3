import { test } from 'vitest';
import { objective } from '../emit/compiled.js';
import { subjectsOf } from '../emit/wgsl/subjects.js';
test('x', () => {
  for (const name of ['actor_critic', 'flowrl'])
  for (const { form } of subjectsOf(objective(name))) console.log(name, 'because' in form ? form : form.kernels.map((k)=>k.bound.map(b=>b.kind==='input'?b.name:b.kind).join()));
});
