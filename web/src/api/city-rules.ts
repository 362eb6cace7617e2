import { API, getWithEtag, request } from './client.ts';

/** Rules of the whole city, as its API names them. */
export type WireCityRules = Readonly<Record<string, unknown>>;

const ADDRESS = `${API}/registry/city-rules`;

/** With the version that is seen. */
export const getCityRules = (): Promise<{ readonly body: WireCityRules; readonly etag: string | undefined }> =>
  getWithEtag<WireCityRules>(ADDRESS);

export const putCityRules = (rules: WireCityRules, etag: string | undefined): Promise<WireCityRules> =>
  request<WireCityRules>(ADDRESS, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(etag !== undefined && { 'if-match': etag }) },
    body: JSON.stringify(rules),
  });
