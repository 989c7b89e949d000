import type { CaptureEvent } from '../state/events';
import type { Model } from '../state/model';
import type { CaptureTexts } from '../texts/catalogue';

export interface ViewProps {
  readonly model: Model;
  readonly texts: CaptureTexts;
  readonly dispatch: (event: CaptureEvent) => void;
  readonly attachVideo: (video: HTMLVideoElement | null) => void;
  readonly chooseLanguage: (locale: string) => void;
}
