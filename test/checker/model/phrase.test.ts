import { describe, expect, it, test } from 'vitest';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyNodeOrNone, anyOf } from '../../../checker/model/params.ts';
import { Part } from '../../../checker/model/part.ts';
import { phraseOf } from '../../../checker/model/phrase.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { lockModel } from '../subjects/lock.ts';
import { counterModel, toyModel } from '../subjects/toys.ts';

const letterBox = nodeType('letterBox', 2);
const params = {
  to: anyNode(letterBox),
  copy: anyNodeOrNone(letterBox),
  stamps: anyInt(0, 3),
  by: anyOf('airMail', 'ship'),
};
const given = { to: 'letterBox-1', copy: 'letterBox-2', stamps: 0, by: 'ship' };

describe('a phrase', () => {
  it.each([
    ['{to} gets a letter', {}, 'letterBox-1 gets a letter'],
    [
      'a letter to {to}, and for {to} alone',
      {},
      'a letter to letterBox-1, and for letterBox-1 alone',
    ],
    ['{stamps} stamps', {}, '0 stamps'],
    ['a copy for {copy}', {}, 'a copy for letterBox-2'],
    ['a copy for {copy}', { copy: null }, 'a copy for none'],
    ['a copy for {copy|nobody at all}', { copy: null }, 'a copy for nobody at all'],
    ['a copy for {copy|nobody at all}', {}, 'a copy for letterBox-2'],
    ['{copy|}{to}', { copy: null }, 'letterBox-1'],
    ['by {by}', { by: 'airMail' }, 'by air mail'],
    ['the post strikes', {}, 'the post strikes'],
    ['', {}, ''],
  ])('"%s" with %j reads "%s"', (phrase, changed, expected) => {
    expect(phraseOf({ phrase, params }, { ...given, ...changed })).toBe(expected);
  });

  it('takes what is given as it is, braces and all', () => {
    const choice = { to: anyOf('{stamps}', '$&') };
    expect(phraseOf({ phrase: 'to {to}', params: choice }, { to: '{stamps}' })).toBe('to {stamps}');
    expect(phraseOf({ phrase: 'to {to}', params: choice }, { to: '$&' })).toBe('to $&');
  });

  it('need not be there', () => {
    expect(phraseOf({ params }, given)).toBeUndefined();
  });
});

describe('a model', () => {
  const { schema, recorders } = counterModel(1);
  const withPhrase = (phrase: string) => () =>
    defineModel({
      ...toyModel,
      name: 'post',
      schema,
      recorders: recorders as never,
      initialStates: [],
      actions: [
        actionsOf(
          schema,
          {},
        )({
          name: 'send',
          kind: 'client',
          actor: 'to',
          params,
          phrase,
          enabled: () => true,
          step: () => undefined,
        }),
      ],
    });

  it.each([
    ['{from} sends', 'from'],
    ['{to} gets {letter|no letter}', 'letter'],
    ['{ to } gets a letter', ' to '],
    ['{} gets a letter', ''],
    ['{toString} gets a letter', 'toString'],
  ])('is refused where a phrase is "%s"', (phrase, unknown) => {
    expect(withPhrase(phrase)).toThrow(
      `model "post": action "send": its phrase names "${unknown}", which is none of its parameters`,
    );
  });

  it('is taken where every parameter of a phrase is there', () => {
    expect(withPhrase('{to} gets {stamps} stamps by {by}, {copy|nobody} the copy')).not.toThrow();
  });
});

test('an action keeps its phrase as one of a larger model', () => {
  const { actions, recorders } = lockModel();
  const phrase = '{client} takes the lock';
  const [acquire] = actions;
  if (acquire === undefined) throw new Error('expected an action');
  const part = new Part('lock', recorders as never, { renamed: { acquire: 'take' } });
  expect(part.lift({ ...acquire, phrase })).toMatchObject({ name: 'take', phrase });
});
