import { useEffect, useRef, useState } from 'preact/hooks';
import { useQuery } from '../app/router';
import { Button } from './button';
import { TextField } from './field';
import { Icon } from './icon';
import { Popover } from './popover';
import type { Option } from './select';
import { absoluteTime } from './time';

/** A filter of a list. Its value lives in the address under `key`, so that a filtered list can be sent to a colleague. */
export type Filter =
  | {
      readonly kind: 'choice';
      readonly key: string;
      readonly label: string;
      readonly options: readonly Option<string>[];
    }
  | { readonly kind: 'text'; readonly key: string; readonly label: string; readonly help?: string }
  | { readonly kind: 'time'; readonly key: string; readonly label: string };

export interface FilterBarProps {
  readonly filters: readonly Filter[];
  /** With it there is a search box, bound to this key of the address. */
  readonly search?: { readonly key: string; readonly label: string; readonly placeholder?: string };
}

/** Search box and filters as chips: an active one shows its value and can be removed. */
export function FilterBar({ filters, search }: FilterBarProps) {
  const [query, change] = useQuery();
  const active = filters.filter(({ key }) => (query.get(key) ?? '') !== '');
  return (
    <search class="filter-bar">
      {search !== undefined && (
        <SearchBox name={search.key} label={search.label} placeholder={search.placeholder ?? search.label} />
      )}
      {filters.map((filter) => (
        <FilterChip key={filter.key} filter={filter} value={query.get(filter.key) ?? ''} />
      ))}
      {active.length > 0 && (
        <Button
          size="s"
          variant="quiet"
          onClick={() => change(Object.fromEntries(filters.map(({ key }) => [key, null])))}
        >
          Clear filters
        </Button>
      )}
    </search>
  );
}

const kTypingPauseMs = 250;

/** Searches while one types, after a short pause; what another control puts into the address shows up here. */
function SearchBox(props: { readonly name: string; readonly label: string; readonly placeholder: string }) {
  const [query, change] = useQuery();
  const stored = query.get(props.name) ?? '';
  const [text, setText] = useState(stored);
  const sent = useRef(stored);
  useEffect(() => {
    if (stored !== sent.current) {
      sent.current = stored;
      setText(stored);
    }
  }, [stored]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = wanted;
      change({ [props.name]: wanted });
    }, kTypingPauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <span class="search-box">
      <Icon name="search" size="s" />
      <input
        type="search"
        class="input"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </span>
  );
}

function shownValue(filter: Filter, value: string): string {
  if (filter.kind === 'choice')
    return filter.options.find((option) => option.value === value)?.label ?? value;
  if (filter.kind === 'time') {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? value : absoluteTime(at);
  }
  return value;
}

function FilterChip({ filter, value }: { readonly filter: Filter; readonly value: string }) {
  const [, change] = useQuery();
  const set = (next: string) => change({ [filter.key]: next });
  return (
    <span class={value === '' ? 'chip' : 'chip chip-on'}>
      <Popover
        label={filter.label}
        trigger={(attributes) => (
          <button type="button" class="chip-open" {...attributes}>
            {value === '' ? (
              filter.label
            ) : (
              <>
                {filter.label}: <span class="chip-value">{shownValue(filter, value)}</span>
              </>
            )}
            <Icon name="down" size="s" />
          </button>
        )}
      >
        {(close) =>
          filter.kind === 'choice' ? (
            <Choices filter={filter} value={value} onValue={(next) => [set(next), close()]} />
          ) : (
            <Typed filter={filter} value={value} onValue={(next) => [set(next), close()]} />
          )
        }
      </Popover>
      {value !== '' && (
        <button
          type="button"
          class="chip-remove"
          aria-label={`Remove filter ${filter.label}`}
          onClick={() => set('')}
        >
          <Icon name="close" size="s" />
        </button>
      )}
    </span>
  );
}

function Choices(props: {
  readonly filter: Filter & { readonly kind: 'choice' };
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  return (
    <ul class="menu">
      {[{ value: '', label: 'Any' }, ...props.filter.options].map((option) => (
        <li key={option.value}>
          <button
            type="button"
            class="menu-item"
            aria-pressed={option.value === props.value}
            onClick={() => props.onValue(option.value)}
          >
            {option.label}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** datetime-local has no zone: the browser's own is meant on both ways. */
function localInput(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function Typed(props: {
  readonly filter: Filter & { readonly kind: 'text' | 'time' };
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const isTime = props.filter.kind === 'time';
  const [text, setText] = useState(isTime ? localInput(props.value) : props.value);
  return (
    <form
      class="chip-form"
      onSubmit={(event) => {
        event.preventDefault();
        props.onValue(isTime && text !== '' ? new Date(text).toISOString() : text.trim());
      }}
    >
      <TextField
        label={props.filter.label}
        type={isTime ? 'datetime-local' : 'text'}
        value={text}
        onText={setText}
        help={props.filter.kind === 'text' ? props.filter.help : undefined}
      />
      <Button type="submit" variant="primary" size="s">
        Apply
      </Button>
    </form>
  );
}
