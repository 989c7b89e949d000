import type { ComponentType } from 'preact';

/** An address and the page for it. Pages are loaded when they are first opened. */
export interface Route {
  readonly pattern: string;
  /** public: for everybody; proof: signed in, second factor missing; portal: inside the frame. */
  readonly frame: 'public' | 'proof' | 'portal';
  /** What the role must allow; the page shows "no permission" otherwise. */
  readonly permission?: string;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
}

/** A page inside the frame. */
export const portal = (pattern: string, permission: string | undefined, load: Route['load']): Route => ({
  pattern,
  frame: 'portal',
  load,
  ...(permission === undefined ? {} : { permission }),
});
