const kPaths = {
  light:
    'M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  face: 'M12 3c4 0 6.5 3 6.5 7.5S15.800 21 12 21s-6.500-6-6.500-10.500S8 3 12 3ZM9.500 10.500v.5M14.500 10.500v.5M9.500 15c1.500 1.300 3.500 1.300 5 0',
  level:
    'M8 3h8a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2ZM10.500 18h3M2.500 9.500h1M20.500 9.500h1',
  shield: 'M12 3l7 2.500v5.500c0 4.500-3 8-7 10-4-2-7-5.500-7-10V5.500L12 3ZM9 12l2.200 2.200L15.200 10',
  camera:
    'M4 8.500A1.500 1.500 0 0 1 5.500 7h2L9 5h6l1.500 2h2A1.500 1.500 0 0 1 20 8.500v9a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 17.500v-9ZM12 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7Z',
  camera_off:
    'M4 4l16 16M9.500 5H15l1.500 2h2A1.500 1.500 0 0 1 20 8.500V16M17.500 19h-12A1.500 1.500 0 0 1 4 17.500v-9C4 7.700 4.700 7 5.500 7H7M14.500 15.500A3.500 3.500 0 0 1 9.500 10.500',
  network: 'M4 10c4.500-4 11.500-4 16 0M7 13.500c3-2.500 7-2.500 10 0M10 17c1.200-1 2.800-1 4 0',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500V12l3 2',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6.500 11h11a1.500 1.500 0 0 1 1.500 1.500v6a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 18.500v-6A1.500 1.500 0 0 1 6.500 11ZM12 14.500v2',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-.8.8M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l.8-.8',
  alert: 'M12 4 3.500 19h17L12 4ZM12 10v4M12 16.500v.2',
  again: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9M19.500 4v5h-5',
  pause: 'M9 6v12M15 6v12',
  browser:
    'M5 5h14a1.500 1.500 0 0 1 1.500 1.500v11A1.500 1.500 0 0 1 19 19H5a1.500 1.500 0 0 1-1.500-1.500v-11A1.500 1.500 0 0 1 5 5ZM3.500 9h17M6.500 7h.2M9 7h.2',
  spark: 'M12 4v4M12 16v4M4 12h4M16 12h4M7 7l2 2M15 15l2 2M7 17l2-2M15 9l2-2',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  close: 'M6 6l12 12M18 6 6 18',
  download: 'M12 4v11M7.500 11l4.500 4.500L16.500 11M5 19.500h14',
} as const;

export type IconName = keyof typeof kPaths;

/** A 24-unit line icon; decoration beside text, so assistive technology skips it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}

/** A face in an oval with light from the side: what the next screen will look like. */
export function Hero() {
  return (
    <svg class="hero" viewBox="0 0 240 200" aria-hidden="true" focusable="false">
      <path class="hero-glow" d="M120 6c58 0 100 40 100 94s-42 94-100 94S20 154 20 100 62 6 120 6Z" />
      <path class="hero-oval" d="M120 22c34 0 58 33 58 76s-24 80-58 80-58-37-58-80 24-76 58-76Z" />
      <path class="hero-shoulders" d="M79 154c8-15 23-22 41-22s33 7 41 22c-10 15-24 24-41 24s-31-9-41-24Z" />
      <path class="hero-neck" d="M107 116h26v22c0 8-5 13-13 13s-13-5-13-13v-22Z" />
      <path class="hero-face" d="M120 54c20 0 32 14 32 36 0 25-14 42-32 42s-32-17-32-42c0-22 12-36 32-36Z" />
      <path
        class="hero-hair"
        d="M86 90c-4-30 11-46 34-46s38 16 34 46c-4-15-11-21-19-24-10 6-25 8-38 5-5 4-8 10-11 19Z"
      />
      <path class="hero-line" d="M107 92v4M133 92v4M111 113c5 5 13 5 18 0" />
      <path class="hero-ring" d="M120 14c38 0 66 36 66 84s-28 88-66 88-66-40-66-88 28-84 66-84Z" />
      <path class="hero-progress" d="M120 14c38 0 66 36 66 84 0 28-10 53-25 69" />
    </svg>
  );
}
