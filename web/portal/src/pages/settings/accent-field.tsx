import { checkAccent, kReadable, parseColour } from '@countersign/web-shared/contrast';
import { Badge } from '../../components/badge';
import { Field } from '../../components/field';

/** A colour by picker or by code, with the contrast while one chooses. */
export function AccentField(props: {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly disabled: boolean;
  readonly error: string | undefined;
}) {
  const check = checkAccent(props.value);
  const error = check === null ? 'Six hexadecimal digits after a #, for example #2b59ff.' : props.error;
  return (
    <Field label="Accent colour" error={error} help="Buttons and links of the face check.">
      {(control) => (
        <>
          <span class="accent-row">
            <input
              type="color"
              aria-label="Pick the accent colour"
              value={parseColour(props.value) === null ? '#000000' : props.value.trim().toLowerCase()}
              disabled={props.disabled}
              onInput={(event) => props.onText(event.currentTarget.value)}
            />
            <input
              {...control}
              class="input mono"
              maxLength={7}
              spellcheck={false}
              autoComplete="off"
              value={props.value}
              disabled={props.disabled}
              onInput={(event) => props.onText(event.currentTarget.value)}
            />
          </span>
          {check !== null && (
            <p class="accent-check" role="status">
              <Badge tone={check.readable ? 'success' : 'warning'} dot>
                {check.ratio.toFixed(1)} to 1
              </Badge>
              <span class="muted">
                {check.readable
                  ? `White text on it can be read (${kReadable} to 1 is needed).`
                  : `Too light for white text: ${check.light} is saved instead.`}
              </span>
            </p>
          )}
        </>
      )}
    </Field>
  );
}
