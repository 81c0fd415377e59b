import { createEvaluateService } from './evaluate-service';
import { exposeService } from './expose-service';
import { openFinder } from './graphics/near-finder';

const { gpu } = navigator as { readonly gpu?: GPU };
exposeService(createEvaluateService(undefined, openFinder(gpu)));
