import { TextField } from '../../components/field';
import { passwordHint, passwordStrength } from './password-strength';

/** A new password with its strength in words. What is good enough is decided by the server. */
export function NewPasswordField(props: {
  readonly label?: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly error?: string | undefined;
  /** Name and e-mail address: they make weak passwords. */
  readonly personal: readonly string[];
}) {
  const strength = passwordStrength(props.value, props.personal);
  return (
    <div class="strength">
      <TextField
        label={props.label ?? 'Password'}
        type="password"
        name="new-password"
        autoComplete="new-password"
        value={props.value}
        onText={props.onText}
        error={props.error}
        help={passwordHint(props.value, strength)}
      />
      <div class={`strength-bar strength-${strength}`} aria-hidden="true">
        <span />
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
