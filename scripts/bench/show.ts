import { emitted, objective } from '../../test/emit/compiled.js';
for (const name of process.argv.slice(2)) { const [text=''] = await emitted(objective(name)); const at = text.indexOf('export function lossAndGradients'); console.log(text.slice(at, text.indexOf('\n}\n', at)+2)); }
