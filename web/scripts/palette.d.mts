export function paletteOf(web: string): Record<'light' | 'dark', Record<string, string>>;
export function textOf(value: unknown): string;
export function fingerprint(web: string, names: string[]): string;
