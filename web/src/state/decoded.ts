/** A part of a link as it was before it was written there; '' for what cannot be read, so that no link stops the page. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
