import { expose } from 'comlink';
import { createSynthesizeService } from './synthesize-service';

expose(createSynthesizeService());
