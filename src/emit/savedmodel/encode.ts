/**
 * A SavedModel as bytes. Field numbers are those of `saved_model.proto`, `meta_graph.proto`, `graph.proto`,
 * `function.proto`, `op_def.proto`, `attr_value.proto`, `tensor.proto` and `tensor_shape.proto` of TensorFlow 2.
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type {
  Argument,
  Attr,
  Attrs,
  DType,
  FunctionDef,
  NodeDef,
  SavedModel,
  SignatureDef,
  TensorInfo,
  TensorValue,
} from './saved-model.js';

/** The numbers of TensorFlow's types. */
const DTYPES: { readonly [dtype in DType]: number } = { float32: 1, int32: 3, bool: 10 };

/** The version of the graph format: that of TensorFlow 2.9, the oldest library that is meant to read it. */
const PRODUCER = 1087;

type Write = (writer: BinaryWriter) => void;

const { LengthDelimited, Varint } = WireType;
const all =
  (...parts: readonly Write[]): Write =>
  (writer) => {
    for (const part of parts) part(writer);
  };
const message =
  (field: number, ...parts: readonly Write[]): Write =>
  (writer) => {
    all(...parts)(writer.tag(field, LengthDelimited).fork());
    writer.join();
  };
const text =
  (field: number, value: string): Write =>
  (writer) =>
    void writer.tag(field, LengthDelimited).string(value);
const integer =
  (field: number, value: number): Write =>
  (writer) =>
    void writer.tag(field, Varint).int64(value);
const truth =
  (field: number, value: boolean): Write =>
  (writer) =>
    void writer.tag(field, Varint).bool(value);
const dtype = (field: number, value: DType): Write => integer(field, DTYPES[value]);
/** A map's entries are messages of a key and a value. */
const entry = (field: number, key: string, ...value: readonly Write[]): Write =>
  message(field, text(1, key), message(2, ...value));
const packed =
  (field: number, values: readonly number[]): Write =>
  (writer) => {
    if (values.length === 0) return;
    writer.tag(field, LengthDelimited).fork();
    for (const value of values) writer.int64(value);
    writer.join();
  };

const shape = (field: number, sizes: readonly number[]): Write =>
  message(field, ...sizes.map((size) => message(2, integer(1, size))));

/** The values as they lie in memory, little-endian. */
function contents({ dtype: of, values }: TensorValue): Uint8Array {
  if (of === 'bool') return Uint8Array.from(values);
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, at) => {
    if (of === 'float32') view.setFloat32(4 * at, value, true);
    else view.setInt32(4 * at, value, true);
  });
  return new Uint8Array(view.buffer);
}

function attrValue(attr: Attr): Write {
  switch (attr.kind) {
    case 'type':
      return dtype(6, attr.value);
    case 'types':
      return message(
        1,
        packed(
          6,
          attr.value.map((one) => DTYPES[one]),
        ),
      );
    case 'int':
      return integer(3, attr.value);
    case 'bool':
      return truth(5, attr.value);
    case 'function':
      return message(10, text(1, attr.value));
    case 'shape':
      return shape(7, attr.value);
    case 'tensor': {
      const bytes = contents(attr.value);
      return message(8, dtype(1, attr.value.dtype), shape(2, attr.value.shape), (writer) => {
        writer.tag(4, LengthDelimited).bytes(bytes);
      });
    }
  }
}

const attributes = (field: number, attrs: Attrs): Write =>
  all(...Object.entries(attrs).map(([name, attr]) => entry(field, name, attrValue(attr))));

const node = (field: number, { name, op, inputs, attrs }: NodeDef): Write =>
  message(field, text(1, name), text(2, op), ...inputs.map((input) => text(3, input)), attributes(5, attrs));

const argument = (field: number, { name, dtype: of }: Argument): Write =>
  message(field, text(1, name), dtype(3, of));

const definition = (field: number, { name, args, results, nodes, attrs }: FunctionDef): Write =>
  message(
    field,
    message(
      1,
      text(1, name),
      ...args.map((one) => argument(2, one)),
      ...results.map((one) => argument(3, one)),
    ),
    ...nodes.map((one) => node(3, one)),
    ...results.map((one) => message(4, text(1, one.name), text(2, one.from))),
    attributes(5, attrs),
  );

const tensorInfo = (field: number, { key, tensor, dtype: of, shape: sizes }: TensorInfo): Write =>
  entry(field, key, text(1, tensor), dtype(2, of), shape(3, sizes));

const signature = (field: number, { name, inputs, outputs }: SignatureDef): Write =>
  entry(
    field,
    name,
    ...inputs.map((one) => tensorInfo(1, one)),
    ...outputs.map((one) => tensorInfo(2, one)),
    text(3, 'tensorflow/serving/predict'),
  );

/** The bytes of `saved_model.pb`. Same model, same bytes. */
export function encode({ origin, nodes, functions, signatures }: SavedModel): Uint8Array<ArrayBuffer> {
  const info = message(1, text(1, origin), text(4, 'serve'), text(5, '2.9.1'));
  const graph = message(
    2,
    ...nodes.map((one) => node(1, one)),
    message(2, ...functions.map((one) => definition(1, one))),
    message(4, integer(1, PRODUCER)),
  );
  const writer = new BinaryWriter();
  all(integer(1, 1), message(2, info, graph, ...signatures.map((one) => signature(5, one))))(writer);
  return writer.finish();
}
