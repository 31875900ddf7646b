import { describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { addressOf, addressText } from '../../src/card.ts';
import { isFlowId, kindOf } from '../../src/id.ts';
import { samples, USUAL } from './samples.ts';

const { cards } = samples(USUAL);
const pressed = [...cards].flatMap(([name, card]) =>
  [...(card.buttons ?? []), ...card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))].map(
    ({ label, press }) => [name, label, press] as const,
  ),
);

/** A button carries only an address: here it is seen that somebody is at home. */
describe('a button of card', () => {
  it.each(pressed)('%s, “%s”, leads to an input that a person may give', (_, __, press) => {
    expect(addressOf(addressText(press))).toEqual(press);
    if (pages.some(({ name }) => name === press.to)) return expect(press.input).toBe('show');
    const flow = flows.find(({ name }) => name === (isFlowId(press.to) ? kindOf(press.to) : press.to));
    if (!isFlowId(press.to)) expect({ input: press.input, from: flow?.open.from }).toEqual({ input: 'open', from: 'person' });
    else expect(flow?.inputs[press.input]).toMatchObject({ from: 'person' });
  });
});

/** Messages that were posted before keep their buttons, and people press them. */
describe('a button that stands on an older message', () => {
  it.each([
    ['vote', ['ballot', 'recuse', 'deputy', 'withdraw', 'so-far', 'close', 'prompt', 'extend', 'correct', 'cancel']],
    ['decision', ['assign', 'drop', 'done', 'met', 'change', 'rationale', 'reopen', 'appeal']],
    ['readiness', ['answer', 'reassign', 'extend', 'finish', 'cancel']],
  ])('of a %s still leads somewhere', (name, inputs) => {
    const flow = flows.find((one) => one.name === name)!;
    expect(inputs.filter((input) => flow.inputs[input]?.from !== 'person')).toEqual([]);
  });
});
