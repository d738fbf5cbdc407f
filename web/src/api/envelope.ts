// What every analysis says of itself: how, of which records, of which version of the data.
import { anything, list, map, number, object, optional, or, record, text } from './decode.ts';
import { withCodes } from './warning.ts';

export const envelope = withCodes(object({
  version: or(anything, ''),
  timeStamp: or(text, ''),
  method: or(anything, ''),
  parameters: or(record, {}),
  rows_selected: optional(number),
  rows_used: or(number, 0),
  rows_dropped: or(map(number), {}),
  seed: optional(anything),
  warnings: or(list(text), []),
  warning_codes: optional(anything),
}));
export type Envelope = ReturnType<typeof envelope>;
