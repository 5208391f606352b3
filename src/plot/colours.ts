/** Colours of objectives, in the order in which they are drawn: those of Okabe and Ito, told apart by the colour-blind. */

export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#5b5b5b'] as const;

export const colourOf = (objective: number): string => COLOURS[objective % COLOURS.length] ?? COLOURS[0];
