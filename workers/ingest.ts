import { createIngestService } from './ingest-service';
import { exposeService } from './expose-service';

exposeService(createIngestService());
