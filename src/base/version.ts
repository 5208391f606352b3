/** The compiler's version, as generated code states it; a test holds it to `package.json`. */
export const VERSION = '0.1.0';
