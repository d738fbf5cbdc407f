// Rows as a CSV file.
const quoted = (v: unknown): string => {
  const text = v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v as string | number | boolean);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, headed by the names of the fields. */
export const csvOf = ({ columns, rows }: { columns: { name: string }[]; rows: Record<string, unknown>[] }): string =>
  [columns.map((f) => quoted(f.name)), ...rows.map((r) => columns.map((f) => quoted(r[f.name])))].map((line) => `${line.join(',')}\r\n`).join('');
