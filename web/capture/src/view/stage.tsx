import { useEffect, useRef } from 'preact/hooks';
import { chipText } from '../state/screen-text';
import { progressOf, shownHint, underlying } from '../state/select';
import { Icon } from './icons';
import type { ViewProps } from './props';

const kOval = 'M150 5A145 195 0 0 1 150 395A145 195 0 0 1 150 5';

/** The full-bleed capture canvas: tint, oval with the mirrored camera picture, ring, one hint. Nothing else. */
export function Stage({ model, texts, dispatch, attachVideo }: ViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    attachVideo(video.current);
    return () => attachVideo(null);
  }, [attachVideo]);

  const inner = underlying(model.screen);
  const progress = Math.round(progressOf(inner) * 100);
  const good =
    shownHint(inner) === 'great' ||
    inner.kind === 'challenge_colour' ||
    inner.kind === 'challenge_movement' ||
    inner.kind === 'checking';
  const movement = inner.kind === 'challenge_movement' ? inner.movement : null;
  return (
    <section class="stage" data-good={good} data-checking={inner.kind === 'checking'} data-testid="stage">
      <div class="tint-layer" />
      <div class="oval">
        <video ref={video} class="oval-video" playsInline muted autoPlay aria-hidden="true" tabIndex={-1} />
        <svg class="ring" viewBox="0 0 300 400" aria-hidden="true" focusable="false">
          <path class="ring-track" d={kOval} />
          <path class="ring-value" d={kOval} pathLength="100" stroke-dasharray={`${progress} 100`} />
        </svg>
        {movement === 'turn_left' || movement === 'turn_right' ? (
          <span class="turn" data-turn={movement} aria-hidden="true" />
        ) : null}
      </div>
      <p
        class="chip"
        aria-hidden="true"
        data-testid="hint"
        data-hint={shownHint(inner) ?? movement ?? inner.kind}
      >
        {chipText(inner, texts)}
      </p>
      {inner.kind === 'checking' ? null : (
        <button
          type="button"
          class="stage-cancel"
          data-action="cancel"
          onClick={() => dispatch({ kind: 'cancel' })}
        >
          <Icon name="close" />
          {texts.t('action.cancel')}
        </button>
      )}
    </section>
  );
}
