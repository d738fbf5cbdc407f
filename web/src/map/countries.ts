// Country names in the reader's language; letters stand apart, but never in Arabic.

export async function countryNames(nameOf: (iso: string) => string, language: string): Promise<GeoJSON.Feature[]> {
  const response = await fetch('/basemap/country-names.json');
  const names = (await response.json()) as GeoJSON.FeatureCollection;
  const spacing = language.startsWith('ar') ? 0 : 0.2;
  return names.features.map((f) => ({ ...f, properties: { ...f.properties, spacing, name: capitals(nameOf(String(f.properties?.iso)), language) } }));
}

/** Country names stand in capitals; what is said of one in brackets does not. */
const capitals = (name: string, language: string) => name.replace(/^[^(]+/, (own) => own.toLocaleUpperCase(language));
