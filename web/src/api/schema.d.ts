// Written by hand in the form of openapi-typescript until api/testdata/openapi.json exists: then `npm run gen-api`.

type Json = { 'application/json': unknown };
type Answers = { 200: { headers: Record<string, unknown>; content: Json }; default: { headers: Record<string, unknown>; content: { 'application/problem+json': unknown } } };
type None = { query?: never; header?: never; path?: never; cookie?: never };
type At<P> = { query?: never; header?: never; path: P; cookie?: never };

interface Get<P> {
  parameters: None;
  get: { parameters: P; requestBody?: never; responses: Answers };
}

interface ItemsQuery {
  limit?: number;
  bbox?: string;
  datetime?: string;
  near?: string;
  radius?: number;
  k?: number;
  resultType?: 'hits' | 'results';
  after?: string;
  [field: string]: string | number | undefined;
}

export interface paths {
  '/': Get<None>;
  '/collections': Get<None>;
  '/collections/{collectionId}/schema': Get<At<{ collectionId: string }>>;
  '/collections/{collectionId}/queryables': Get<At<{ collectionId: string }>>;
  '/collections/{collectionId}/items': Get<{ query?: ItemsQuery; header?: never; path: { collectionId: string }; cookie?: never }>;
  '/collections/{collectionId}/items/{featureId}': Get<At<{ collectionId: string; featureId: string }>>;
  '/processes/{processId}': Get<At<{ processId: string }>>;
  '/processes/{processId}/execution': {
    parameters: None;
    post: {
      parameters: At<{ processId: string }>;
      requestBody: { content: { 'application/json': { inputs: Record<string, unknown> } } };
      responses: Answers;
    };
  };
}
