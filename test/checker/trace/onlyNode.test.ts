import { describe, expect, test } from 'vitest';
import { onlyNodeIn, shownPath } from '../../../checker/trace/onlyNode.ts';
import { compact } from '../../../checker/trace/renderParts.ts';

const one = { partitions: { 'partition-1': { replicas: { 'broker-1': {}, 'broker-2': {} } } } };

describe('what a state has one of', () => {
  test('is not named in a path', () => {
    expect(shownPath(one, 'partitions.partition-1.replicas.broker-1.log[0]')).toBe(
      'replicas.broker-1.log[0]',
    );
    expect(shownPath({ protocol: one }, 'protocol.partitions.partition-1.sent')).toBe(
      'protocol.sent',
    );
  });

  test('is named where the path ends with it, or where there is another', () => {
    expect(shownPath(one, 'partitions.partition-1')).toBe('partitions.partition-1');
    const two = { partitions: { 'partition-1': {}, 'partition-2': {} } };
    expect(shownPath(two, 'partitions.partition-1.sent')).toBe('partitions.partition-1.sent');
  });

  test('is told by its name from what only happens to be alone', () => {
    expect(onlyNodeIn('servers', { 'server-1': {} })).toBe('server-1');
    expect(onlyNodeIn('servers', { 'client-1': {} })).toBeUndefined();
    expect(onlyNodeIn('servers', { 'server-2': {} })).toBeUndefined();
    expect(onlyNodeIn('servers', ['server-1'])).toBeUndefined();
  });

  test('is not named in a value, unless it is all that there is to say', () => {
    expect(compact({ minIsr: 1, partitions: { 'partition-1': { leader: 'broker-1' } } })).toBe(
      '{minIsr: 1, leader: broker-1}',
    );
    expect(compact({ tokens: { 'token-1': 3 } })).toBe('{tokens: {token-1: 3}}');
  });
});
