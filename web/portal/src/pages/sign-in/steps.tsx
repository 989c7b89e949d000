/** Where one is in a short sequence. */
export function Steps({ labels, current }: { readonly labels: readonly string[]; readonly current: number }) {
  return (
    <ol class="steps">
      {labels.map((label, index) => (
        <li
          key={label}
          class={index < current ? 'step-done' : undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          {label}
        </li>
      ))}
    </ol>
  );
}
