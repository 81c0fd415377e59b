import type { EvaluateService, ForeseeRequest, Foresight, QualityRequest } from '../api/evaluate';
import type { ColumnOverlay } from '../data/overlay-columns';
import type { Evidence } from '../measure/measure';
import type { Outcome } from '../data/failure';
import { callback, reconnecting, type StartWorker } from './connection';

/** Page side of the evaluate worker. */
export class EvaluateClient {
  private readonly connection;

  constructor(startWorker: StartWorker) {
    this.connection = reconnecting<EvaluateService>(() => startWorker('evaluate'));
  }

  foresee(request: ForeseeRequest): Promise<Outcome<Foresight>> {
    return this.connection().call((service) => service.foresee(request));
  }

  quality(
    request: QualityRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<Outcome<Evidence>> {
    return this.connection().call((service) => service.quality(request, callback(onProgress)));
  }

  quickLook(request: QualityRequest): Promise<Outcome<Evidence>> {
    return this.connection().call((service) => service.quickLook(request));
  }

  overlaps(
    request: Pick<QualityRequest, 'train' | 'holdout' | 'synthetic' | 'schema'>,
  ): Promise<Outcome<readonly string[]>> {
    return this.connection().call((service) => service.overlaps(request));
  }

  overlay(
    request: Pick<QualityRequest, 'train' | 'holdout' | 'synthetic' | 'schema'>,
  ): Promise<Outcome<readonly ColumnOverlay[]>> {
    return this.connection().call((service) => service.overlay(request));
  }

  end(): void {
    this.connection().end();
  }
}
