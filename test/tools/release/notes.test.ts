import { describe, expect, test } from 'vitest';
import { releaseNotes } from '../../../tools/release/notes.mjs';

const changelog =
  '# Changelog\n\n## Unreleased\n\n- more\n\n## 1.2.0 - 2026-01-01\n\n- this\n\n## 1.1.0\n\n- that\n';

describe('the notes of a release', () => {
  test('are what the changelog says of the version of tag and manifest', () => {
    expect(releaseNotes('v1.2.0', '1.2.0', changelog)).toBe('- this\n');
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('- that\n');
  });

  test.each([
    ['v1.2.0', '1.2.1', changelog],
    ['1.2.0', '1.2.0', changelog],
    ['v1.3.0', '1.3.0', changelog],
    ['v1.2.0', '1.2.0', '## 1.2.0\n\n## 1.1.0\n\n- that\n'],
  ])('are refused where %s, %s and the changelog do not agree', (tag, version, text) => {
    expect(() => releaseNotes(tag, version, text)).toThrow(/tag|CHANGELOG/);
  });
});
