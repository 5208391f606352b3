/** TensorFlow's ops as functions on values of a graph. Every op that is used has one line here. */
import { constantAttrs, ofType, type Builder, type Ref } from './builder.js';
import { bool, functionNamed, int, type, types, type Attrs, type DType } from './saved-model.js';

/** Typed ops on a builder: what they are called in TensorFlow, with the attributes filled in. */
export type Ops = ReturnType<typeof opsOn>;

export function opsOn(builder: Builder) {
  const one = (op: string, inputs: readonly Ref[], attrs: Attrs, output: string, dtype: DType): Ref =>
    builder.node(op, inputs, attrs, [{ output, dtype }])[0] ?? '';
  const typed = (inputs: readonly Ref[]): DType => builder.dtypeOf(inputs[0] ?? '');
  /** Of operands and a result of one type. */
  const same =
    (op: string, output: string) =>
    (...inputs: readonly Ref[]): Ref =>
      one(op, inputs, ofType(typed(inputs)), output, typed(inputs));
  /** A comparison: operands of one type, and a condition. */
  const compared =
    (op: string, more: Attrs = {}) =>
    (...inputs: readonly Ref[]): Ref =>
      one(op, inputs, ofType(typed(inputs), more), 'z', 'bool');
  const logical =
    (op: string, output = 'z') =>
    (...inputs: readonly Ref[]): Ref =>
      one(op, inputs, {}, output, 'bool');
  const along = (op: string) => (x: Ref, axis: number) => {
    const dtype = builder.dtypeOf(x);
    const own = dtype === 'bool' ? {} : { T: type(dtype) };
    return one(
      op,
      [x, ints([axis])],
      { ...own, Tidx: type('int32'), keep_dims: bool(true) },
      'output',
      dtype,
    );
  };
  const segments =
    (op: string) =>
    (x: Ref, ids: Ref, count: Ref): Ref =>
      one(
        op,
        [x, ids, count],
        { T: type(builder.dtypeOf(x)), Tindices: type('int32'), Tnumsegments: type('int32') },
        'output',
        builder.dtypeOf(x),
      );
  const ints = (values: readonly number[]): Ref =>
    one('Const', [], constantAttrs('int32', [values.length], values), 'output', 'int32');
  const scalar = (dtype: DType, value: number): Ref =>
    one('Const', [], constantAttrs(dtype, [], [value]), 'output', dtype);
  const pack = (...parts: readonly Ref[]): Ref =>
    one('Pack', parts, { N: int(parts.length), T: type(typed(parts)), axis: int(0) }, 'output', typed(parts));

  return {
    scalar,
    ints,
    number: (value: number): Ref => scalar('float32', value),
    truth: (value: boolean): Ref => scalar('bool', value ? 1 : 0),
    integer: (value: number): Ref => scalar('int32', value),

    neg: same('Neg', 'y'),
    exp: same('Exp', 'y'),
    expm1: same('Expm1', 'y'),
    log: same('Log', 'y'),
    log1p: same('Log1p', 'y'),
    sqrt: same('Sqrt', 'y'),
    abs: same('Abs', 'y'),
    sign: same('Sign', 'y'),
    sigmoid: same('Sigmoid', 'y'),
    softplus: same('Softplus', 'activations'),
    tanh: same('Tanh', 'y'),
    square: same('Square', 'y'),
    floor: same('Floor', 'y'),
    ceil: same('Ceil', 'y'),
    add: same('AddV2', 'z'),
    sub: same('Sub', 'z'),
    mul: same('Mul', 'z'),
    div: same('RealDiv', 'z'),
    pow: same('Pow', 'z'),
    /** Of numbers that are no NaN: XLA on a CPU may lose one. */
    minimum: same('Minimum', 'z'),
    maximum: same('Maximum', 'z'),
    floorMod: same('FloorMod', 'z'),

    isNaN: (x: Ref): Ref => one('IsNan', [x], ofType('float32'), 'y', 'bool'),
    isFinite: (x: Ref): Ref => one('IsFinite', [x], ofType('float32'), 'y', 'bool'),
    less: compared('Less'),
    lessEqual: compared('LessEqual'),
    greater: compared('Greater'),
    greaterEqual: compared('GreaterEqual'),
    equal: compared('Equal', { incompatible_shape_error: bool(true) }),
    notEqual: compared('NotEqual', { incompatible_shape_error: bool(true) }),
    and: logical('LogicalAnd'),
    or: logical('LogicalOr'),
    not: logical('LogicalNot', 'y'),
    select: (condition: Ref, x: Ref, y: Ref): Ref =>
      one('SelectV2', [condition, x, y], { T: type(builder.dtypeOf(x)) }, 'output', builder.dtypeOf(x)),
    cast: (x: Ref, to: DType): Ref =>
      builder.dtypeOf(x) === to
        ? x
        : one(
            'Cast',
            [x],
            { SrcT: type(builder.dtypeOf(x)), DstT: type(to), Truncate: bool(false) },
            'y',
            to,
          ),

    /** Along an axis, which stays with a size of 1. */
    sum: along('Sum'),
    max: along('Max'),
    min: along('Min'),
    any: along('Any'),
    segmentSum: segments('UnsortedSegmentSum'),
    segmentMax: segments('UnsortedSegmentMax'),
    segmentMin: segments('UnsortedSegmentMin'),

    shape: (x: Ref): Ref =>
      one('Shape', [x], { T: type(builder.dtypeOf(x)), out_type: type('int32') }, 'output', 'int32'),
    /** One size of a shape, as a scalar. */
    size: (shape: Ref, axis: number): Ref =>
      one(
        'StridedSlice',
        [shape, ints([axis]), ints([axis + 1]), ints([1])],
        {
          T: type('int32'),
          Index: type('int32'),
          begin_mask: int(0),
          end_mask: int(0),
          ellipsis_mask: int(0),
          new_axis_mask: int(0),
          shrink_axis_mask: int(1),
        },
        'output',
        'int32',
      ),
    pack,
    reshape: (x: Ref, to: Ref): Ref =>
      one(
        'Reshape',
        [x, to],
        { T: type(builder.dtypeOf(x)), Tshape: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    broadcast: (x: Ref, to: Ref): Ref =>
      one(
        'BroadcastTo',
        [x, to],
        { T: type(builder.dtypeOf(x)), Tidx: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    transpose: (x: Ref): Ref =>
      one(
        'Transpose',
        [x, ints([1, 0])],
        { T: type(builder.dtypeOf(x)), Tperm: type('int32') },
        'y',
        builder.dtypeOf(x),
      ),
    /** 0, 1, …, below a scalar. */
    range: (limit: Ref): Ref =>
      one(
        'Range',
        [scalar('int32', 0), limit, scalar('int32', 1)],
        { Tidx: type('int32') },
        'output',
        'int32',
      ),
    slice: (x: Ref, begin: Ref, size: Ref): Ref =>
      one(
        'Slice',
        [x, begin, size],
        { T: type(builder.dtypeOf(x)), Index: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    pad: (x: Ref, paddings: Ref): Ref =>
      one(
        'Pad',
        [x, paddings],
        { T: type(builder.dtypeOf(x)), Tpaddings: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    /** Moved around along an axis, towards its end where `by` is positive. */
    roll: (x: Ref, by: Ref, axis: number): Ref =>
      one(
        'Roll',
        [x, by, scalar('int32', axis)],
        { T: type(builder.dtypeOf(x)), Tshift: type('int32'), Taxis: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    /** Entries along an axis; the first `batch` axes of both are gone through together. */
    gather: (x: Ref, indices: Ref, axis: number, batch = 0): Ref =>
      one(
        'GatherV2',
        [x, indices, scalar('int32', axis)],
        {
          batch_dims: int(batch),
          Tparams: type(builder.dtypeOf(x)),
          Tindices: type('int32'),
          Taxis: type('int32'),
        },
        'output',
        builder.dtypeOf(x),
      ),
    scatter: (indices: Ref, x: Ref, shape: Ref): Ref =>
      one(
        'ScatterNd',
        [indices, x, shape],
        { T: type(builder.dtypeOf(x)), Tindices: type('int32') },
        'output',
        builder.dtypeOf(x),
      ),
    /** The last axis in descending order, equal ones in the order in which they stand; and where they stood. */
    sorted: (x: Ref, size: Ref): { readonly values: Ref; readonly indices: Ref } => {
      const [values = '', indices = ''] = builder.node(
        'TopKV2',
        [x, size],
        // The types of sizes and places are int32 where nothing is said, and TensorFlow 2.9 lets nothing be said.
        { sorted: bool(true), T: type(builder.dtypeOf(x)) },
        [
          { output: 'values', dtype: builder.dtypeOf(x) },
          { output: 'indices', dtype: 'int32' },
        ],
      );
      return { values, indices };
    },
    /** Repeats `body` while `condition` holds; both are functions of the library, of all that changes. */
    loop: (condition: string, body: string, state: readonly Ref[]): readonly Ref[] => {
      const dtypes = state.map((ref) => builder.dtypeOf(ref));
      return builder.node(
        'StatelessWhile',
        state,
        {
          T: types(dtypes),
          cond: functionNamed(condition),
          body: functionNamed(body),
          // An empty list of shapes.
          output_shapes: types([]),
          parallel_iterations: int(10),
        },
        dtypes.map((dtype) => ({ output: 'output', dtype })),
      );
    },
  };
}
