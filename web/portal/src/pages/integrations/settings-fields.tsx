import { TextArea, TextField } from '../../components/field';
import { SelectField } from '../../components/select';
import { Switch } from '../../components/switch';
import { livenessPolicies } from '../../words';
import { Fact } from '../fact';
import { type Draft, type DraftErrors, isDefault, mayAdapt, rateChoices } from './draft';
import { RadioCards } from './radio-cards';

export interface FieldsProps {
  readonly draft: Draft;
  readonly errors: DraftErrors;
  readonly onDraft: (draft: Draft) => void;
  readonly disabled?: boolean;
}

/** What it is called and where results go. */
export function ConnectionFields({ draft, errors, onDraft }: FieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        optional
        value={draft.name}
        maxLength={100}
        placeholder="Acme customers"
        onText={(name) => onDraft({ ...draft, name })}
        error={errors.name}
        help="Only administrators see it."
      />
      <TextArea
        label="Auth0 domains"
        rows={3}
        value={draft.domains}
        spellcheck={false}
        autoCapitalize="off"
        placeholder="acme.eu.auth0.com"
        onText={(domains) => onDraft({ ...draft, domains })}
        error={errors.domains}
        help="One per line: every domain that logins run on. A custom domain counts as its own. Results are sent nowhere else."
      />
    </>
  );
}

/** When a face is asked for, and whether a first face may be enrolled on the way. */
export function RequestFields({ draft, onDraft }: FieldsProps) {
  return (
    <>
      <RadioCards
        label="When is a face asked for?"
        value={draft.mode}
        onValue={(mode) => onDraft({ ...draft, mode })}
        choices={[
          {
            value: 'always',
            title: 'Always on',
            text: 'At every login, and whenever an application sends the user through the login again.',
            isDefault: true,
          },
          {
            value: 'on-demand',
            title: 'On demand',
            text: 'Only when an application asks with acr_values or a sensitive scope.',
          },
        ]}
      />
      <Switch
        label="Allow self-enrolment"
        isDefault={isDefault(draft, 'selfEnrolment')}
        checked={draft.selfEnrolment}
        onChecked={(selfEnrolment) => onDraft({ ...draft, selfEnrolment })}
        help="The first login of a user without a face enrols it. Off: such a login is refused."
      />
    </>
  );
}

/** Only at the creation; afterwards it is an act of the danger zone, with a warning. */
export function EnabledField({ draft, onDraft }: FieldsProps) {
  return (
    <Switch
      label="Enabled"
      isDefault={isDefault(draft, 'enabled')}
      checked={draft.enabled}
      onChecked={(enabled) => onDraft({ ...draft, enabled })}
      help="Off: every login that asks this integration for a face is refused until it is switched on."
    />
  );
}

/** How enrolment and verification reach the person: there is one way, and it is said. */
export function Flows() {
  return (
    <div>
      <dl class="facts">
        <Fact term="Self-enrolment flow">Inline, within the login</Fact>
        <Fact term="Verification flow">Inline, within the login</Fact>
      </dl>
      <p class="field-help">
        Links by mail are not offered: whoever reads the mail could pass the check in another browser.
      </p>
    </div>
  );
}

const kLivenessHelp: Readonly<Record<Draft['liveness'], string>> = {
  both: 'The picture is examined and the screen asks the face to react. Recommended.',
  active: 'Only the reaction to the screen counts.',
  passive: 'Only the picture is examined: quickest, and weaker against replayed video.',
};

/** How sure the answer must be, and how long one may try. */
export function AssuranceFields({ draft, errors, onDraft }: FieldsProps) {
  return (
    <>
      <SelectField
        label="Liveness"
        value={draft.liveness}
        isDefault={isDefault(draft, 'liveness')}
        options={(['both', 'active', 'passive'] as const).map((value) => ({
          value,
          label: livenessPolicies[value] ?? value,
        }))}
        onValue={(liveness) => onDraft({ ...draft, liveness })}
        help={kLivenessHelp[draft.liveness]}
      />
      <SelectField
        label="A stranger may be taken for the user"
        value={draft.targetFmr}
        isDefault={isDefault(draft, 'targetFmr')}
        options={rateChoices(draft.targetFmr)}
        onValue={(targetFmr) => onDraft({ ...draft, targetFmr })}
        help="The target for false matches. A stricter target refuses the right person a little more often."
      />
      <div class="field-pair">
        <TextField
          label="Attempts"
          inputMode="numeric"
          value={draft.attempts}
          isDefault={isDefault(draft, 'attempts')}
          onText={(attempts) => onDraft({ ...draft, attempts })}
          error={errors.attempts}
          unit="per login"
          help="1 to 10"
        />
        <TextField
          label="Session time"
          inputMode="numeric"
          value={draft.minutes}
          isDefault={isDefault(draft, 'minutes')}
          onText={(minutes) => onDraft({ ...draft, minutes })}
          error={errors.minutes}
          unit="minutes"
          help="1 to 30, from the redirect to the verdict"
        />
      </div>
      <Switch
        label="Follow how a face changes"
        isDefault={isDefault(draft, 'adapt')}
        checked={draft.adapt && mayAdapt(draft)}
        disabled={!mayAdapt(draft)}
        onChecked={(adapt) => onDraft({ ...draft, adapt })}
        help="A login that matches the enrolled face very well may add one sample a day, three at most: for glasses, a beard, another light. Each is on the user’s page and can be removed there. Needs both liveness checks."
      />
    </>
  );
}

export function ClaimFields({ draft, errors, onDraft }: FieldsProps) {
  return (
    <TextField
      label="Claim name"
      optional
      value={draft.claimName}
      placeholder="https://example.com/amr"
      spellcheck={false}
      isDefault={isDefault(draft, 'claimName')}
      onText={(claimName) => onDraft({ ...draft, claimName })}
      error={errors.claimName}
      help="Under this name your application finds [“mfa”] in its tokens. Empty: the address of this server followed by /amr."
    />
  );
}

export function LoopbackField({ draft, onDraft }: FieldsProps) {
  return (
    <Switch
      label="Allow plain http on this machine"
      isDefault={isDefault(draft, 'insecureLoopback')}
      checked={draft.insecureLoopback}
      onChecked={(insecureLoopback) => onDraft({ ...draft, insecureLoopback })}
      help="Only for demonstrations with an identity provider on 127.0.0.1. Leave it off otherwise."
    />
  );
}
