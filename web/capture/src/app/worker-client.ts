import type { Observation } from '../hints/observation';
import type { FromWorker, ToWorker } from '../worker/messages';

export interface WorkerHandlers {
  ready(): void;
  unavailable(): void;
  observed(observation: Observation): void;
  picture(capture: number, frame: Uint8Array<ArrayBuffer>): void;
  done(sent: boolean): void;
  /** The worker itself did not load: no picture can be made. */
  broken(): void;
}

export interface WorkerClient {
  send(message: ToWorker, transfer?: Transferable[]): void;
}

export function startWorker(worker: Worker, handlers: WorkerHandlers): WorkerClient {
  worker.addEventListener('error', () => handlers.broken());
  worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
    const message = event.data;
    switch (message.kind) {
      case 'ready':
        return handlers.ready();
      case 'unavailable':
        return handlers.unavailable();
      case 'observation':
        return handlers.observed(message.observation);
      case 'picture':
        return handlers.picture(message.capture, message.frame);
      case 'done':
        return handlers.done(message.sent);
    }
  });
  return { send: (message, transfer = []) => worker.postMessage(message, transfer) };
}
