// Hands a text or bytes made on the page to the browser as a file.
export function saveFile(name: string, media: string, text: string | Uint8Array<ArrayBuffer>) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: typeof text === 'string' ? `${media};charset=utf-8` : media }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The bytes that a text in base64 stands for. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
