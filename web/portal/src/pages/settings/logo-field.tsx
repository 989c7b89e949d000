import { useRef, useState } from 'preact/hooks';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { Icon } from '../../components/icon';
import { readLogo } from './logo';

/** Picks a PNG from this machine; nothing is sent before the form is saved. */
export function LogoField(props: {
  readonly logo: string | null;
  readonly onLogo: (logo: string | null) => void;
  readonly disabled: boolean;
  readonly error: string | undefined;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = readLogo(new Uint8Array(await file.arrayBuffer()));
    setError(read.ok ? null : read.error);
    if (read.ok) props.onLogo(read.base64);
  };
  return (
    <Field
      label="Logo"
      optional
      help="PNG, 64 KB at most; about 64 pixels high looks sharp."
      error={error ?? props.error}
    >
      {(control) => (
        <span class="logo-row">
          <span class="logo-box">
            {props.logo === null ? (
              <Icon name="building" size="l" />
            ) : (
              <img src={`data:image/png;base64,${props.logo}`} alt="The chosen logo" />
            )}
          </span>
          <input
            {...control}
            ref={picker}
            class="visually-hidden"
            type="file"
            accept="image/png"
            tabIndex={-1}
            disabled={props.disabled}
            onChange={(event) => {
              const { files } = event.currentTarget;
              void take(files?.[0]).finally(() => {
                if (picker.current !== null) picker.current.value = '';
              });
            }}
          />
          <Button disabled={props.disabled} onClick={() => picker.current?.click()}>
            {props.logo === null ? 'Choose a file' : 'Replace'}
          </Button>
          {props.logo !== null && (
            <Button variant="quiet" disabled={props.disabled} onClick={() => props.onLogo(null)}>
              Remove
            </Button>
          )}
        </span>
      )}
    </Field>
  );
}
