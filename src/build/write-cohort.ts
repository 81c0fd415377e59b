import type { Plugin } from 'vite';
import { cohortCsv } from '../data/cohort/simulate';

/** Where the sample cohort lies, relative to the page. */
export const COHORT_PATH = 'sample/cohort.csv';

/** Generates the sample cohort when the page is built, and answers for it on the development server. */
export function writeCohort(): Plugin {
  return {
    name: 'understudy:write-cohort',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: COHORT_PATH, source: cohortCsv() });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.split('?')[0] !== `/${COHORT_PATH}`) return next();
        response.setHeader('content-type', 'text/csv; charset=utf-8');
        response.end(cohortCsv());
      });
    },
  };
}
