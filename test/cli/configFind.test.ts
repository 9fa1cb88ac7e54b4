import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig } from '../../application/project/findConfig.ts';
import { fileIn, temporaryFolder } from './folder.ts';

const folder = temporaryFolder();

function emptyFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

describe('the configuration file', () => {
  it('need not be there', () => {
    expect(findConfig(emptyFolder('nothing'), undefined)).toBeUndefined();
  });

  it.each(['ts', 'js', 'mjs', 'json'])('is found as highwater.config.%s', ending => {
    const own = emptyFolder(ending);
    const file = fileIn(own, `highwater.config.${ending}`, '');
    expect(findConfig(own, undefined)).toBe(file);
  });

  it('is the one that is given, from the working directory', () => {
    const own = emptyFolder('given');
    fileIn(own, 'highwater.config.ts', '');
    const other = fileIn(own, 'other.ts', '');
    expect(findConfig(own, 'other.ts')).toBe(other);
    expect(() => findConfig(own, 'nothing.ts')).toThrow(
      '--config nothing.ts: there is no such file',
    );
  });

  it('is one only', () => {
    const own = emptyFolder('two');
    fileIn(own, 'highwater.config.ts', '');
    fileIn(own, 'highwater.config.json', '');
    expect(() => findConfig(own, undefined)).toThrow(
      'highwater.config.ts and highwater.config.json: expected one configuration file',
    );
  });
});
