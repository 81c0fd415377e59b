import { createSynthesizeService } from './synthesize-service';
import { exposeService } from './expose-service';

exposeService(createSynthesizeService());
