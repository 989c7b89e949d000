const kPaths = {
  home: 'M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5h4v5',
  plug: 'M9 3.5v4M15 3.5v4M6.5 7.5h11v3.5a5.5 5.5 0 0 1-11 0V7.5ZM12 16.5v4',
  users:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.3',
  pulse: 'M3 12h4l2.5-7 5 14 2.5-7h4',
  scroll: 'M6.5 3.5h11v17l-2.7-1.8-2.8 1.8-2.8-1.8-2.7 1.8v-17ZM9.5 8h5M9.5 12h5',
  settings: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 5v4M9 10v4M15 15v4',
  building: 'M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8.5 8h2M8.5 12h2M8.5 16h2',
  shield: 'M12 3l7 2.5v5.5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V5.5L12 3ZM9 12l2.2 2.2L15.2 10',
  key: 'M8 19.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.3 11.7 20 3.5M16.5 7l3 3',
  webhook: 'M4 8.5h11l-3-3M20 15.5H9l3 3',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0',
  leave: 'M14 4.5h4.5v15H14M3.5 12h10M10 8l4 4-4 4',
  search: 'M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.5 15.5l5 5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  down: 'M7 10l5 5 5-5',
  updown: 'M8 9.5l4-4 4 4M8 14.5l4 4 4-4',
  sort_up: 'M12 18.5v-13M7 10.5l5-5 5 5',
  sort_down: 'M12 5.5v13M7 13.5l5 5 5-5',
  previous: 'M14.5 6l-6 6 6 6',
  next: 'M9.5 6l6 6-6 6',
  copy: 'M9 8.5h10.5v12H9v-12ZM15 8.5v-5H4.5v12H9',
  download: 'M12 4v11M7.5 11l4.5 4.5L16.5 11M5 19.5h14',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  eye_off:
    'M4 4l16 16M9.5 6a9 9 0 0 1 2.5-.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M15 18a9 9 0 0 1-3 .5C6 18.5 2.5 12 2.5 12a17 17 0 0 1 4-4.5',
  alert: 'M12 4 3.5 19h17L12 4ZM12 10v4M12 16.5v.2',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 8v.2',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6.5 11h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11Z',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5',
  edit: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5l-4 1ZM14 7l3 3',
  more: 'M4.8 12h1.4M11.3 12h1.4M17.8 12h1.4',
  filter: 'M4 6h16M7 12h10M10 18h4',
  mail: 'M3.5 6h17v12.5h-17V6ZM3.5 7l8.5 6.5L20.5 7',
  palette:
    'M12 3.5a8.5 8.5 0 1 0 0 17c1.5 0 2-1 1.5-2-.7-1.5.3-3 2-3h2c1.7 0 3-1.3 3-3 0-5-3.8-9-8.5-9ZM8 11v.2M11 7.5v.2M15.5 8.5v.2',
  document: 'M6 3.5h8l4 4v13H6v-17ZM14 3.5v4h4M9 12h6M9 16h6',
  archive: 'M4 5h16v4H4V5ZM5.5 9v10.5h13V9M10 13h4',
  sun: 'M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z',
  screen: 'M4 5h16v11H4V5ZM9 20h6M12 16v4',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM11 17.5h2',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-.8.8M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l.8-.8',
  external: 'M13.5 4.5h6v6M19.5 4.5l-8 8M17.5 14v5.5h-13v-13H10',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  table: 'M4 5h16v14H4V5ZM4 10h16M4 14.5h16M10 10v9',
  undo: 'M8.5 5 4.5 9l4 4M4.5 9h9a5.5 5.5 0 0 1 0 11H9',
} as const;

export type IconName = keyof typeof kPaths;

/** A 24-unit line icon; decoration beside text, so assistive technology skips it. */
export function Icon({ name, size = 'm' }: { readonly name: IconName; readonly size?: 's' | 'm' | 'l' }) {
  return (
    <svg class={`icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}

/** The mark of the product: a face outline that closes with a tick. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M16 6.5c-5 0-8 3.5-8 8.8 0 6 4 10.2 8 10.2s8-4.2 8-10.2" />
      <path d="m12 15.5 3.4 3.5L24.5 9" />
    </svg>
  );
}
