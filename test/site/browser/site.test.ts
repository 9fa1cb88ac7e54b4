import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { playgrounds } from '../../../site/build/playgrounds.ts';
import type { SiteFile } from '../../../site/bundle/siteFile.ts';
import { docs } from '../../../site/docs/docs.ts';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { checkPageCases } from './checkPageCases.ts';
import { docPageCases, docsCases } from './docsCases.ts';
import { engineCases } from './engineCases.ts';
import { playgroundCases } from './playgroundCases.ts';
import { withSite } from './sitePages.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let built: Promise<readonly SiteFile[]> | undefined;

/** The site is built once, and opened with one browser: that is most of what its tests cost. */
function site(): Promise<readonly SiteFile[]> {
  built ??= Promise.all([playgrounds(), docs(root)]).then(parts => parts.flat());
  return built;
}

describe('the documentation', () => docsCases(site));

describe.skipIf(isLeftOut)(inBrowser('the site'), () => {
  const { open } = withSite(site);
  describe('the page that checks a cluster', () => checkPageCases(open));
  describe('the pages that explore', () => playgroundCases(open));
  describe('the engine in a page', () => engineCases(open));
  describe('pages of the documentation', () => docPageCases(open));
});
