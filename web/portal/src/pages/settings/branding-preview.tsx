import { useEffect, useRef, useState } from 'preact/hooks';
import { Card } from '../../app/page';
import { Icon } from '../../components/icon';

export interface PreviewProps {
  readonly name: string;
  readonly headline: string;
  readonly logo: string | null;
  readonly support: string | null;
  readonly light: string;
  readonly dark: string;
}

/** The first screen of the face check in small, with the values of the form before they are saved. */
export function BrandingPreview(props: PreviewProps) {
  const [dark, setDark] = useState(false);
  const phone = useRef<HTMLDivElement>(null);
  const accent = dark ? props.dark : props.light;
  useEffect(() => {
    phone.current?.style.setProperty('--preview-accent', accent);
  }, [accent]);
  return (
    <Card
      title="Preview"
      action={
        <fieldset class="segments">
          <legend class="visually-hidden">Colours of the preview</legend>
          {[false, true].map((choice) => (
            <button
              key={String(choice)}
              type="button"
              class="segment"
              aria-pressed={choice === dark}
              onClick={() => setDark(choice)}
            >
              {choice ? 'Dark' : 'Light'}
            </button>
          ))}
        </fieldset>
      }
    >
      <div class={dark ? 'preview preview-dark' : 'preview preview-light'} ref={phone}>
        <div class="preview-head">
          {props.logo !== null && <img src={`data:image/png;base64,${props.logo}`} alt="" />}
          <span>{props.name}</span>
        </div>
        <svg class="preview-face" viewBox="0 0 120 150" aria-hidden="true" focusable="false">
          <ellipse cx="60" cy="75" rx="46" ry="60" />
          <path d="M14 75a46 60 0 0 1 46-60" />
        </svg>
        <p class="preview-title">{props.headline}</p>
        <p class="preview-text">Look into the camera for a moment.</p>
        <span class="preview-button">
          <Icon name="play" size="s" />
          Start camera
        </span>
        {props.support !== null && <p class="preview-text">Help: {props.support}</p>}
      </div>
    </Card>
  );
}
