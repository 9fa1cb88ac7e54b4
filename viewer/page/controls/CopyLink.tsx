import { useState } from 'preact/hooks';

/** Copies the address of what is shown, step and story included. */
export function CopyLink() {
  const [said, setSaid] = useState('copy link');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid('copied');
    } catch {
      // Not every browser lets a page from a file do that: then its reader copies it.
      setSaid('copy it from the address bar');
    }
  };
  return (
    <button type="button" class="more copy-link" onClick={() => void copy()}>
      <span aria-live="polite">{said}</span>
    </button>
  );
}
