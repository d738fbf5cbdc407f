/** Text without case and accents, for finding names: "Ménaka" is found by "menaka". */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
