/** Whether an engine has relaxed SIMD, as data for the code that is generated: it chooses between two modules. */

/**
 * A module with one function, which multiplies and adds by `f32x4.relaxed_madd`: `WebAssembly.validate` accepts it
 * exactly where the engine has relaxed SIMD.
 */
export const RELAXED_PROBE: readonly number[] = [
  // Magic and version.
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  // One type: from v128 to v128.
  0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b,
  // One function, of that type.
  0x03, 0x02, 0x01, 0x00,
  // Its body: the parameter three times, and the instruction.
  0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd, 0x85, 0x02, 0x0b,
];
