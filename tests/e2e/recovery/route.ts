import { small } from '../journey/app';
import { makeClinicTable } from '../journey/clinic-table';
import type { Route } from './walk';

/** A journey of some seconds: wasm, so that equal seeds give equal bytes. */
export const route: Route = {
  file: { name: 'clinic.csv', content: makeClinicTable(300).csv },
  order: { model: 'TVAE', settings: { ...small, Epochs: '100', Patience: '1000' } },
  pauseEvery: 60,
  nExport: 20_000,
};
