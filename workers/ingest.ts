import { expose } from 'comlink';
import { createIngestService } from './ingest-service';

expose(createIngestService());
