// One way of the GPX document of an answer, which holds them all.
const numberOf = (element: Element): number => {
  const told = (name: string) => [...element.children].find((e) => e.localName === name)?.textContent ?? '';
  return element.localName === 'wpt' ? Number(/^way (\d+)$/.exec(told('cmt'))?.[1]) : Number(told('number'));
};

const numbered = new Set(['wpt', 'rte', 'trk']);

/** The document with what belongs to a way, and no other. */
export function gpxOf(text: string, way: number): string {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  for (const element of [...document.documentElement.children]) if (numbered.has(element.localName) && numberOf(element) !== way) element.remove();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document.documentElement)}\n`;
}
