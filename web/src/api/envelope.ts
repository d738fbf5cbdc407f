// What every analysis says of itself: how, of which records, of which version of the data.
import { anything, list, map, number, object, optional, or, record, text } from './decode.ts';

export const envelope = object({
  version: or(anything, ''),
  timeStamp: or(text, ''),
  method: or(anything, ''),
  parameters: or(record, {}),
  rows_selected: optional(number),
  rows_used: or(number, 0),
  rows_dropped: or(map(number), {}),
  seed: optional(anything),
  warnings: or(list(text), []),
});
export type Envelope = ReturnType<typeof envelope>;
