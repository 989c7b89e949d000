import { Field, type FieldTexts } from './field';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectProps<V extends string> {
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onValue: (value: V) => void;
  readonly disabled?: boolean;
  readonly name?: string;
}

/** The platform's own select: every keyboard, every screen reader and every phone knows it. */
export function Select<V extends string>(
  props: SelectProps<V> & {
    readonly id?: string;
    readonly label?: string;
    readonly describedBy?: string | undefined;
    readonly invalid?: boolean;
  },
) {
  return (
    <span class="select-box">
      <select
        class="input select"
        id={props.id}
        name={props.name}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid === true ? 'true' : undefined}
        disabled={props.disabled}
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) props.onValue(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}

export function SelectField<V extends string>(props: SelectProps<V> & FieldTexts) {
  const { label, help, error, isDefault, optional, ...select } = props;
  return (
    <Field label={label} help={help} error={error} isDefault={isDefault} optional={optional}>
      {(control) => (
        <Select
          {...select}
          id={control.id}
          describedBy={control['aria-describedby']}
          invalid={control['aria-invalid'] === 'true'}
        />
      )}
    </Field>
  );
}
