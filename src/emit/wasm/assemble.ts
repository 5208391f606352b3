/** WebAssembly from text to bytes, when code is compiled: generated code carries the bytes and needs no assembler. */

export interface AssembleOptions {
  /** Whether the text may use relaxed SIMD. */
  readonly relaxed: boolean;
}

const load = async () => (await import('wabt')).default();
/** Loading takes a tenth of a second, once. */
let loading: ReturnType<typeof load> | undefined;

/**
 * The bytes of a module. The assembler is loaded when the first module is. Text that is no valid module is a mistake of
 * the compiler: an internal error that quotes the line.
 */
export async function assemble(text: string, { relaxed }: AssembleOptions): Promise<Uint8Array> {
  loading ??= load();
  const assembler = await loading;
  const features = { simd: true, relaxed_simd: relaxed };
  try {
    const module = assembler.parseWat('module.wat', text, features);
    try {
      module.validate();
      // A copy: the assembler's memory may be used again.
      return module.toBinary({}).buffer.slice();
    } finally {
      module.destroy();
    }
  } catch (failure) {
    throw new Error(`internal: a WebAssembly module is wrong: ${explained(String(failure), text)}`, {
      cause: failure,
    });
  }
}

/** The assembler's first complaint, and the line it means. */
function explained(message: string, text: string): string {
  const found = /module\.wat:(\d+):\d+: error: ([^\n]*)/.exec(message);
  if (found === null) return message;
  const [, number, complaint] = found;
  return `${complaint}\n${number} | ${text.split('\n')[Number(number) - 1] ?? ''}`;
}
