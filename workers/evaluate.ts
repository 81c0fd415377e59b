import { createEvaluateService } from './evaluate-service';
import { exposeService } from './expose-service';

exposeService(createEvaluateService());
