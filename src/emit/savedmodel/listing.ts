/** A SavedModel as text for people: one line per node, inputs and attributes written out. */
import type {
  Attr,
  Attrs,
  FunctionDef,
  NodeDef,
  SavedModel,
  TensorInfo,
  TensorValue,
} from './saved-model.js';

const valueText = ({ dtype, shape, values }: TensorValue): string =>
  `${dtype}${shape.length === 0 ? '' : `[${shape.join(',')}]`} ${values
    .map((value) => (Object.is(value, -0) ? '-0' : String(value)))
    .join(' ')}`.trim();

function attrText(attr: Attr): string {
  switch (attr.kind) {
    case 'tensor':
      return valueText(attr.value);
    case 'types':
    case 'shape':
      return `[${attr.value.join(', ')}]`;
    default:
      return String(attr.value);
  }
}

const attrsText = (attrs: Attrs): string => {
  const parts = Object.entries(attrs).map(([name, attr]) => `${name}: ${attrText(attr)}`);
  return parts.length === 0 ? '' : ` {${parts.join(', ')}}`;
};
const nodeText = ({ name, op, inputs, attrs }: NodeDef): string =>
  `  ${name} = ${op}(${inputs.join(', ')})${attrsText(attrs)}`;

const functionText = ({ name, args, results, nodes, attrs }: FunctionDef): string =>
  [
    `function ${name}(${args.map((arg) => `${arg.name}: ${arg.dtype}`).join(', ')})${attrsText(attrs)}`,
    ...nodes.map(nodeText),
    ...results.map((result) => `  return ${result.name}: ${result.dtype} = ${result.from}`),
  ].join('\n');

const infoText = (what: string, { key, tensor, dtype, shape }: TensorInfo): string =>
  `  ${what} ${key}: ${dtype} [${shape.join(', ')}] = ${tensor}`;

export const listing = ({ origin, nodes, functions, signatures }: SavedModel): string =>
  [
    `# ${origin}`,
    ...signatures.map(({ name, inputs, outputs }) =>
      [
        `signature ${name}`,
        ...inputs.map((one) => infoText('input', one)),
        ...outputs.map((one) => infoText('output', one)),
      ].join('\n'),
    ),
    ['graph', ...nodes.map(nodeText)].join('\n'),
    ...functions.map(functionText),
  ].join('\n\n') + '\n';
