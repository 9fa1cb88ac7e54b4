import type { Mark } from '../layout/layout.ts';

/** The sign of a kind of step, around (0, 0): told apart by shape as well as by colour. */
export function SignShape({ kind }: { readonly kind: Mark['kind'] }) {
  switch (kind) {
    case 'fault':
      return (
        <g class="sign kind-fault">
          <path class="solid" d="M-8-8h16v16h-16z" />
          <path class="inner" d="M1.5-6.5L-4 1.2h3.4L-1.6 6.5 4-1.4H.6z" />
        </g>
      );
    case 'recovery':
      return (
        <g class="sign kind-recovery">
          <path class="solid" d="M-4-8.5h8L8.5-4v8L4 8.5h-8L-8.5 4v-8z" />
          <path class="inner" d="M-1.3-5h2.6v3.7H5v2.6H1.3V5h-2.6V1.3H-5v-2.6h3.7z" />
        </g>
      );
    case 'client':
      return (
        <g class="sign kind-client">
          <path class="solid" d="M0-9.5L9.5 0 0 9.5-9.5 0z" />
        </g>
      );
    case 'protocol':
    case 'unknown':
      return (
        <g class={`sign kind-${kind}`}>
          <circle class="solid" r="7" />
        </g>
      );
  }
}

/** The same as a picture of its own, in a text. */
export function Sign({ kind }: { readonly kind: Mark['kind'] }) {
  return (
    <svg class="sign-picture" viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true">
      <SignShape kind={kind} />
    </svg>
  );
}
