import { Icon } from '../../components/icon';

/** Where one is in a form of several pages. Steps that are done can be gone back to. */
export function Stepper(props: {
  readonly steps: readonly string[];
  readonly at: number;
  readonly onStep: (index: number) => void;
}) {
  return (
    <ol class="stepper" aria-label="Steps">
      {props.steps.map((title, index) => (
        <li
          key={title}
          class={index < props.at ? 'step step-done' : index === props.at ? 'step step-now' : 'step'}
        >
          <button
            type="button"
            disabled={index > props.at}
            aria-current={index === props.at ? 'step' : undefined}
            onClick={() => props.onStep(index)}
          >
            <span class="step-mark" aria-hidden="true">
              {index < props.at ? <Icon name="check" size="s" /> : index + 1}
            </span>
            <span class="step-title">{title}</span>
            {index < props.at && <span class="visually-hidden"> (done)</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
