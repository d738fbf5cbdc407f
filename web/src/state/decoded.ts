/** A part of a link as it was before it was written there; '' for what cannot be read, so that no link stops the page. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Inputs of a process as a link holds them; undefined for none, and for what is no record. */
export function decodedInputs(text: string | undefined): Record<string, unknown> | undefined {
  if (!text) return undefined;
  try {
    const read: unknown = JSON.parse(decoded(text));
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
