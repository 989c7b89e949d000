import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Badge } from './badge';

/** On or off at once, with a label on the left. For choices that are saved by a form as well as for immediate ones. */
export function Switch(props: {
  readonly label: string;
  readonly help?: ComponentChildren;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly isDefault?: boolean;
}) {
  const id = useId();
  return (
    <div class="switch-row">
      <div class="switch-text">
        <span class="field-head">
          <label for={id}>{props.label}</label>
          {props.isDefault === true && <Badge>Default</Badge>}
        </span>
        {props.help !== undefined && (
          <p class="field-help" id={`${id}-help`}>
            {props.help}
          </p>
        )}
      </div>
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.checked}
        class="switch"
        id={id}
        aria-describedby={props.help === undefined ? undefined : `${id}-help`}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChecked(event.currentTarget.checked)}
      />
    </div>
  );
}

export function Checkbox(props: {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly name?: string;
}) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChecked(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
