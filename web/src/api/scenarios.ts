// Kept scenarios: documents that hold changes on what is.
import { useQueries, useQuery } from '@tanstack/react-query';
import { isChange, type Change } from '../state/scenario.ts';
import { DecodeError, list, object, or, text, type Decoder } from './decode.ts';
import { askDocument, askList, changeDocument, documentOf, newId, putDocument, removeDocument, type DocumentText, type Kept } from './documents.ts';

const change: Decoder<Change> = (v, where) => {
  if (!isChange(v)) throw new DecodeError(where, 'a change', v);
  return v;
};
const body = object({ note: or(text, ''), date: or(text, ''), changes: list(change) });
type Body = ReturnType<typeof body>;
const document = documentOf(body);
export type KeptScenario = Kept<Body>;
export type ScenarioText = DocumentText<Partial<Body> & Pick<Body, 'changes'>>;

const kind = 'scenario';

export const useScenarios = () => useQuery({ queryKey: ['scenarios'], queryFn: ({ signal }) => askList(kind, signal), refetchOnWindowFocus: true });
const scenarioQuery = (id: string | undefined) => ({ queryKey: ['scenarios', id], enabled: id !== undefined, queryFn: ({ signal }: { signal: AbortSignal }) => askDocument(kind, id ?? '', document, '', signal) });
export const useScenario = (id: string | undefined) => useQuery(scenarioQuery(id));
/** Several at once. */
export const useScenarioList = (ids: string[]) => useQueries({ queries: ids.map(scenarioQuery) });

/** Keeps a new one, and says under which id. */
export async function addScenario(scenario: ScenarioText): Promise<string> {
  const id = newId();
  await putDocument(kind, id, scenario);
  return id;
}

export const changeScenario = (scenario: Pick<KeptScenario, 'id' | 'version'>, how: (scenario: DocumentText<Body>) => DocumentText<Body>): Promise<undefined> => changeDocument(kind, scenario, document, how);

export const removeScenario = (id: string): Promise<() => Promise<unknown>> => removeDocument(kind, id, document);
