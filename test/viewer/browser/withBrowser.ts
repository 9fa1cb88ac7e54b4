import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { launchChromium } from '../../../viewer/chromium.ts';
import { type OpenedPage, type Opening, openPage } from './openPage.ts';

/** Opens a page with traces; see {@link openPage}. */
type Open = (traces: readonly TraceFile[], how?: Opening) => Promise<OpenedPage>;

/** A browser for the tests of a group. */
interface WithBrowser {
  /** For at most one page in a test: it is closed afterwards, and must have had nothing to complain of. */
  readonly open: Open;
  /** For a page that is meant to complain; the test closes it. */
  readonly openUnwatched: Open;
}

/** Starts a browser before the tests of this group, and ends it after them. */
export function withBrowser(): WithBrowser {
  let browser: Browser;
  let opened: OpenedPage | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });
  afterEach(async () => {
    const complaints = opened?.complaints ?? [];
    await opened?.close();
    opened = undefined;
    expect(complaints).toEqual([]);
  });
  const openUnwatched: Open = (traces, how = {}) => openPage(browser, traces, how);
  return {
    open: async (traces, how) => {
      opened = await openUnwatched(traces, how);
      return opened;
    },
    openUnwatched,
  };
}
