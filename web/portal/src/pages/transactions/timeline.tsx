import type { Schema } from '../../api/types';
import { DateTime } from '../../components/date-time';
import { duration } from '../../format/numbers';
import { between, clockTime } from '../../format/times';
import { causeWord, spellOut, timelineKinds } from '../../words';

type Step = Schema<'TransactionDetail'>['timeline'][number];

/** The steps of a transaction from top to bottom, with the time that passed before each. */
export function Timeline({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0) return <p class="muted">Nothing is recorded.</p>;
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <TimelineStep key={`${index} ${step.kind}`} step={step} before={steps[index - 1] ?? null} />
      ))}
    </ol>
  );
}

function TimelineStep({ step, before }: { readonly step: Step; readonly before: Step | null }) {
  const word = timelineKinds[step.kind] ?? { title: spellOut(step.kind), mood: 'neutral', meaning: '' };
  const passed = before === null ? null : between(before.at, step.at);
  const { cause } = step.details;
  // The end repeats the cause of the attempt before it: once is enough.
  const known = cause === undefined || cause === 'passed' || cause === before?.details.cause;
  const why = known ? null : causeWord(cause);
  return (
    <li class={`timeline-step mood-${word.mood}`}>
      <div class="timeline-time">
        <time dateTime={step.at} title={step.at}>
          {clockTime(step.at)}
        </time>
        {passed !== null && <span class="muted">+{duration(passed)}</span>}
        {before === null && (
          <span class="muted">
            <DateTime value={step.at} show="date" />
          </span>
        )}
      </div>
      <div class="timeline-text">
        <p class="timeline-title">{word.title}</p>
        <p class="muted">{word.meaning}</p>
        {why !== null && (
          <p>
            <b>{why.title}.</b> {why.meaning}
          </p>
        )}
        <Details details={step.details} />
      </div>
    </li>
  );
}

function Details({ details }: { readonly details: Readonly<Record<string, string>> }) {
  const rest = Object.entries(details).filter(([name]) => name !== 'cause');
  if (rest.length === 0) return null;
  return (
    <ul class="detail-list">
      {rest.map(([name, value]) => (
        <li key={name}>
          <span class="muted">{spellOut(name)}</span> {value}
        </li>
      ))}
    </ul>
  );
}
