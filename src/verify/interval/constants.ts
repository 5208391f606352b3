/** log 2 and π, between neighbouring doubles. */

/** The first 33 bits of log 2: times a whole number below 2²⁰ it is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** log 2 − LN2_HIGH. */
export const LN2_LOW = { down: 1.9082149292705877e-10, up: 1.908214929270588e-10 } as const;

/** π lies strictly between. */
export const PI_DOWN = 3.141592653589793;
export const PI_UP = 3.1415926535897936;
