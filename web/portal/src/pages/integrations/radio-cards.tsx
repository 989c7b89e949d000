import { useId } from 'preact/hooks';
import { Badge } from '../../components/badge';

export interface RadioChoice<V extends string> {
  readonly value: V;
  readonly title: string;
  readonly text: string;
  readonly isDefault?: boolean;
}

/** A choice between few things that need a sentence each. Native radio buttons: arrow keys move between them. */
export function RadioCards<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly onValue: (value: V) => void;
  readonly choices: readonly RadioChoice<V>[];
}) {
  const name = useId();
  return (
    <fieldset class="radio-cards">
      <legend>{props.label}</legend>
      <div class="radio-list">
        {props.choices.map((choice) => (
          <label key={choice.value} class="radio-card">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === props.value}
              onChange={() => props.onValue(choice.value)}
            />
            <span class="radio-text">
              <span class="radio-title">
                {choice.title}
                {choice.isDefault === true && <Badge>Default</Badge>}
              </span>
              <span class="radio-help muted">{choice.text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
