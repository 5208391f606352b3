/**
 * Reads a `saved_model.pb` again, from the wire up and by its own table of field numbers, so that encoder and decoder do
 * not share a mistake. Not a test.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type {
  Argument,
  Attr,
  DType,
  FunctionDef,
  NodeDef,
  SavedModel,
  SignatureDef,
  TensorInfo,
} from '../../src/emit/savedmodel/saved-model.js';

interface Field {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly integer: number;
}

function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (wire === WireType.Varint)
      fields.push({ number, bytes: new Uint8Array(), integer: Number(reader.int64()) });
    else if (wire === WireType.LengthDelimited) fields.push({ number, bytes: reader.bytes(), integer: NaN });
    else throw new Error(`field ${number} has wire type ${wire}`);
  }
  return fields;
}
const all = (fields: readonly Field[], number: number): readonly Uint8Array[] =>
  fields.filter((field) => field.number === number).map(({ bytes }) => bytes);
const one = (fields: readonly Field[], number: number): Uint8Array => {
  const [first = new Uint8Array(), ...others] = all(fields, number);
  if (others.length > 0) throw new Error(`field ${number} is there twice`);
  return first;
};
const text = (fields: readonly Field[], number: number): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(one(fields, number));
const integer = (fields: readonly Field[], number: number): number =>
  fields.find((field) => field.number === number)?.integer ?? 0;

const dtypeOf = (number: number): DType => {
  const found = (['float32', 'int32', 'bool'] as const)[[1, 3, 10].indexOf(number)];
  if (found === undefined) throw new Error(`type ${number}`);
  return found;
};
const shapeOf = (bytes: Uint8Array): readonly number[] =>
  all(fieldsOf(bytes), 2).map((dim) => integer(fieldsOf(dim), 1));

function valuesOf(bytes: Uint8Array, dtype: DType): readonly number[] {
  if (dtype === 'bool') return [...bytes];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    dtype === 'float32' ? view.getFloat32(4 * at, true) : view.getInt32(4 * at, true),
  );
}

function attrOf(bytes: Uint8Array): Attr {
  const fields = fieldsOf(bytes);
  const [field] = fields;
  if (field === undefined || fields.length !== 1) throw new Error(`an attribute has ${fields.length} values`);
  const inner = (): readonly Field[] => fieldsOf(field.bytes);
  switch (field.number) {
    case 1: {
      const reader = new BinaryReader(one(inner(), 6));
      const value: DType[] = [];
      while (reader.pos < reader.len) value.push(dtypeOf(Number(reader.int64())));
      return { kind: 'types', value };
    }
    case 3:
      return { kind: 'int', value: field.integer };
    case 5:
      return { kind: 'bool', value: field.integer === 1 };
    case 6:
      return { kind: 'type', value: dtypeOf(field.integer) };
    case 7:
      return { kind: 'shape', value: shapeOf(field.bytes) };
    case 8: {
      const dtype = dtypeOf(integer(inner(), 1));
      const shape = shapeOf(one(inner(), 2));
      return { kind: 'tensor', value: { dtype, shape, values: valuesOf(one(inner(), 4), dtype) } };
    }
    case 10:
      return { kind: 'function', value: text(inner(), 1) };
    default:
      throw new Error(`an attribute in field ${field.number}`);
  }
}

const entries = <Value>(
  fields: readonly Field[],
  number: number,
  read: (bytes: Uint8Array) => Value,
): readonly (readonly [string, Value])[] =>
  all(fields, number).map((entry) => {
    const parts = fieldsOf(entry);
    return [text(parts, 1), read(one(parts, 2))] as const;
  });

function nodeOf(bytes: Uint8Array): NodeDef {
  const fields = fieldsOf(bytes);
  return {
    name: text(fields, 1),
    op: text(fields, 2),
    inputs: all(fields, 3).map((input) => new TextDecoder().decode(input)),
    attrs: Object.fromEntries(entries(fields, 5, attrOf)),
  };
}

function argumentOf(bytes: Uint8Array): Argument {
  const fields = fieldsOf(bytes);
  return { name: text(fields, 1), dtype: dtypeOf(integer(fields, 3)) };
}

function functionOf(bytes: Uint8Array): FunctionDef {
  const fields = fieldsOf(bytes);
  const signature = fieldsOf(one(fields, 1));
  const returned = new Map(
    all(fields, 4).map((entry) => [text(fieldsOf(entry), 1), text(fieldsOf(entry), 2)] as const),
  );
  return {
    name: text(signature, 1),
    args: all(signature, 2).map(argumentOf),
    results: all(signature, 3).map((result) => {
      const { name, dtype } = argumentOf(result);
      return { name, dtype, from: returned.get(name) ?? '' };
    }),
    nodes: all(fields, 3).map(nodeOf),
    attrs: Object.fromEntries(entries(fields, 5, attrOf)),
  };
}

const infosOf = (fields: readonly Field[], number: number): readonly TensorInfo[] =>
  entries(fields, number, (bytes) => {
    const info = fieldsOf(bytes);
    return { tensor: text(info, 1), dtype: dtypeOf(integer(info, 2)), shape: shapeOf(one(info, 3)) };
  }).map(([key, info]) => ({ key, ...info }));

/** The model that the bytes are, and what the loader looks for first. */
export function decode(
  bytes: Uint8Array,
): SavedModel & { readonly tags: string; readonly method: readonly string[] } {
  const model = fieldsOf(bytes);
  if (integer(model, 1) !== 1) throw new Error('the schema version is not 1');
  const meta = fieldsOf(one(model, 2));
  const info = fieldsOf(one(meta, 1));
  const graph = fieldsOf(one(meta, 2));
  const signatures = entries(meta, 5, (signature) => signature);
  return {
    origin: text(info, 1),
    tags: text(info, 4),
    method: signatures.map(([, signature]) => text(fieldsOf(signature), 3)),
    nodes: all(graph, 1).map(nodeOf),
    functions: all(fieldsOf(one(graph, 2)), 1).map(functionOf),
    signatures: signatures.map(([name, signature]): SignatureDef => {
      const fields = fieldsOf(signature);
      return { name, inputs: infosOf(fields, 1), outputs: infosOf(fields, 2) };
    }),
  };
}

/** The same model as bytes can hold it: numbers as float32 has them. */
export function rounded(model: SavedModel): SavedModel {
  const attr = (one: Attr): Attr =>
    one.kind === 'tensor' && one.value.dtype === 'float32'
      ? { ...one, value: { ...one.value, values: one.value.values.map(Math.fround) } }
      : one;
  const node = (one: NodeDef): NodeDef => ({
    ...one,
    attrs: Object.fromEntries(Object.entries(one.attrs).map(([name, value]) => [name, attr(value)])),
  });
  const functions = model.functions.map((one) => ({ ...one, nodes: one.nodes.map(node) }));
  return { ...model, nodes: model.nodes.map(node), functions };
}
