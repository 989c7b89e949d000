import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Badge } from './badge';

/** What a control needs so that its label, help and error belong to it. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

export interface FieldTexts {
  readonly label: string;
  readonly help?: ComponentChildren;
  /** Set: the control is invalid and the text says how to put it right. */
  readonly error?: string | undefined;
  /** true shows "Default": the value is the one the server would take by itself. */
  readonly isDefault?: boolean | undefined;
  readonly optional?: boolean | undefined;
}

export function Field({
  label,
  help,
  error,
  isDefault = false,
  optional = false,
  children,
}: FieldTexts & { readonly children: (control: ControlIds) => ComponentChildren }) {
  const id = useId();
  const described = [help === undefined ? '' : `${id}-help`, error === undefined ? '' : `${id}-error`];
  const control: ControlIds = {
    id,
    'aria-describedby': described.filter((part) => part !== '').join(' ') || undefined,
    'aria-invalid': error === undefined ? undefined : 'true',
  };
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        {optional && <span class="field-optional">Optional</span>}
        {isDefault && <Badge>Default</Badge>}
      </div>
      {children(control)}
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {help !== undefined && (
        <p class="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** What of the native controls the pages use; further `aria-` and `data-` attributes reach the element. */
interface ControlAttributes {
  readonly name?: string;
  readonly class?: string;
  readonly autoComplete?: string;
  readonly autoCapitalize?: 'off' | 'none' | 'on';
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly spellcheck?: boolean;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly onBlur?: () => void;
}

interface ControlValue {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** `autofocus` works only while a document loads; pages that come later focus by themselves. */
function useAutoFocus<E extends HTMLElement>(wanted: boolean | undefined) {
  const control = useRef<E>(null);
  useEffect(() => {
    if (wanted === true) control.current?.focus();
  }, [wanted]);
  return control;
}

export interface TextFieldProps extends FieldTexts, ControlAttributes, ControlValue {
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'url' | 'date' | 'datetime-local';
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url';
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number | string;
  readonly list?: string;
  /** Shown inside the control, after the value: a unit. */
  readonly unit?: string;
}

export function TextField(props: TextFieldProps) {
  const { label, help, error, isDefault, optional, value, onText, unit, class: extra = '', ...input } = props;
  const element = useAutoFocus<HTMLInputElement>(input.autoFocus);
  const attributes: object = { type: 'text', ...input };
  return (
    <Field label={label} help={help} error={error} isDefault={isDefault} optional={optional}>
      {(control) => (
        <span class={unit === undefined ? 'input-box' : 'input-box input-with-unit'}>
          <input
            {...attributes}
            {...control}
            ref={element}
            class={`input ${extra}`}
            value={value}
            onInput={(event) => onText(event.currentTarget.value)}
          />
          {unit !== undefined && <span class="input-unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

export function TextArea(props: FieldTexts & ControlAttributes & ControlValue & { readonly rows?: number }) {
  const { label, help, error, isDefault, optional, value, onText, class: extra = '', ...area } = props;
  const element = useAutoFocus<HTMLTextAreaElement>(area.autoFocus);
  return (
    <Field label={label} help={help} error={error} isDefault={isDefault} optional={optional}>
      {(control) => (
        <textarea
          rows={4}
          {...area}
          {...control}
          ref={element}
          class={`input ${extra}`}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
