import { describe, expect, it } from 'vitest';
import { verbs } from '../../flows/index.ts';
import { addressOf, addressText } from '../../src/card.ts';
import { addressMeant } from '../../src/commands.ts';
import { plain } from '../../src/text.ts';

describe('typed words', () => {
  it.each([
    ['/go-no-go churn', { to: 'vote', input: 'open', about: 'churn' }],
    ['/offshoot go-no-go churn model', { to: 'vote', input: 'open', about: 'churn model' }],
    ['Go-No-Go   churn', { to: 'vote', input: 'open', about: 'churn' }],
    ['offshoot', { to: 'mine', input: 'show' }],
    ['', { to: 'mine', input: 'show' }],
    ['offshoot offshoot', { to: 'mine', input: 'show' }],
    ['/offshoot /go-no-go churn', { to: 'vote', input: 'open', about: 'churn' }],
    ['/decisions', { to: 'decisions', input: 'show' }],
    ['/go-no-go help', { to: 'help', input: 'show', about: 'go-no-go' }],
    ['/offshoot mute', { to: 'nudges', input: 'show' }],
    ['unmute', { to: 'nudges', input: 'show' }],
    ['/offshoot help vote', { to: 'help', input: 'show', about: 'vote' }],
  ])('“%s”', (said, address) => {
    expect(addressMeant(said, verbs)).toEqual(address);
  });

  it.each([
    ['/offshoot voet', /does not know “voet”.*Did you mean “\/go-no-go”/],
    ['/offshoot decison', /Did you mean “\/decisions”/],
    ['/offshoot xylophone', /does not know “xylophone”.*For example: \/go-no-go churn/],
    [`/offshoot ${'x'.repeat(5000)}`, /does not know “x{40}”/],
  ])('refuses %.30s with an example', (said, sentence) => {
    const meant = addressMeant(said, verbs);
    expect('refused' in meant && plain(meant.refused, { person: String, channel: String }, 'UTC')).toMatch(sentence);
  });
});

describe('a button’s address', () => {
  it.each([
    { to: 'vote/17', input: 'ballot' },
    { to: 'decision/1', input: 'hand-back', about: 'debt' },
    { to: 'vote', input: 'open', about: 'churn model & more' },
  ])('survives the way there and back: %j', (address) => {
    expect(addressOf(addressText(address))).toEqual(address);
  });

  it.each(['', 'vote', 'vote/0 ballot', 'vote/x ballot', '../vote open', 'Vote/1 ballot', 'vote/1  ballot', 'vote/99999999999 ballot'])(
    'is not “%s”',
    (said) => {
      expect(addressOf(said)).toBeUndefined();
    },
  );
});
