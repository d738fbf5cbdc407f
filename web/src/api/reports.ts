// The one place that reads what the process scenario-report answers.
import type { Feature } from 'geojson';
import { list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import { executeNow, outcomeOf, type Outcome, type Question } from './execution.ts';
import type { Envelope } from './envelope.ts';

const cover = object({ title: or(text, ''), author: or(text, ''), mission: or(text, ''), marking: or(text, 'unclassified'), version: number, at: or(text, ''), program: or(text, '') });
const outcome: Decoder<Outcome> = (v) => outcomeOf(v);
const option = object({ letter: text, title: text, scenario: optional(text), evaluation: outcome, medical: optional(outcome) });
const result = object({ cover, options: list(option), comparison: outcome, surface: object({ features: list(record) }), bundle: text });

/** The base line, or a scenario beside it. */
export type ReportOption = ReturnType<typeof option>;

export interface Report {
  cover: ReturnType<typeof cover>;
  /** The base line first. */
  options: ReportOption[];
  comparison: Outcome;
  /** Cells with the minutes to surgery, by the letters of the options; null where nothing comes. */
  cells: Feature[];
  /** A ZIP file, in base64. */
  bundle: string;
  envelope?: Envelope;
  marking?: string;
}

export async function askReport(question: Question, signal: AbortSignal): Promise<Report> {
  const { result: raw, envelope, marking } = await executeNow('scenario-report', question, signal);
  const { surface, ...rest } = result(raw, 'result');
  return { ...rest, cells: surface.features as unknown as Feature[], envelope, marking };
}
