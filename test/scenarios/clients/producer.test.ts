import { describe, expect, test } from 'vitest';
import {
  arriveLate,
  B1,
  B2,
  bumpEpoch,
  clientsStory,
  disconnect,
  drain,
  expire,
  failOver,
  giveUp,
  handle,
  obtainId,
  receive,
  refresh,
  refuse,
  reject,
  replicate,
  send,
  timeOut,
} from './clientsStory.ts';

const plain = { idempotence: false } as const;

describe('a lost answer and a retry', () => {
  const lostAnswer = [send, drain, handle(), replicate, disconnect(), drain, handle()];

  test('without idempotence the record is there twice', () => {
    const told = clientsStory(plain).take(lostAnswer);
    expect(told.log).toBe('1 1');
    expect(told.broken).toEqual(['records-are-sent-once']);
    expect(told.reached).toContain('record-repeated');
  });

  test('with idempotence it is there once, and the retry is told success', () => {
    const told = clientsStory().take(obtainId, lostAnswer, receive());
    expect(told.log).toBe('1@0.0');
    expect(told.batches).toBe('1 succeeded');
    expect(told.reached).toContain('duplicate-recognised');
    expect(told.broken).toEqual([]);
  });

  test('so it is at the next leader, which has replicated what the retry is known by', () => {
    const told = clientsStory().take(obtainId, send, drain, handle(), failOver(B2));
    told.take(receive(), drain, handle(B2));
    expect(told.guard(receive(B2))).toBe('the request is not answered');
    told.take(replicate, receive(B2));
    expect(told.log).toBe('1@0.0');
    expect(told.broken).toEqual([]);
  });

  test('what the next leader does not have is appended by it', () => {
    const told = clientsStory().take(obtainId, send, drain, handle(), failOver(B2, 1));
    expect(told.log).toBe('');
    told.take(receive(), drain, handle(B2), replicate, receive(B2));
    expect(told.log).toBe('1@0.0');
    expect(told.batches).toBe('1 succeeded');
    expect(told.broken).toEqual([]);
  });
});

describe('two records of which the first is refused for now', () => {
  const refused = [send, send, drain, drain, refuse(), handle()];

  test('without idempotence it comes second', () => {
    const told = clientsStory(plain).take(refused, receive(), drain, replicate, handle());
    expect(told.log).toBe('2 1');
    expect(told.broken).toEqual(['records-are-sent-in-order']);
    expect(told.reached).toContain('records-reordered');
  });

  test('with one request in flight the second waits', () => {
    const told = clientsStory({ ...plain, maxInFlight: 1 }, { lateRequests: 0, resends: 0 });
    told.take(send, send, drain);
    expect(told.guard(drain)).toBe('max.in.flight requests await their answers');
    told.take(refuse(), receive(), drain, handle(), replicate, receive(), drain, handle());
    expect(told.log).toBe('1 2');
    expect(told.broken).toEqual([]);
  });

  test('with idempotence the second is refused too, until the first is there', () => {
    const told = clientsStory().take(obtainId, refused);
    expect(told.log).toBe('');
    expect(told.reached).toContain('gap-answered');
    told.take(receive(), receive(), drain);
    expect(told.guard(drain)).toBe('an earlier batch has no outcome yet');
    told.take(handle(), replicate, receive(), drain, handle());
    expect(told.log).toBe('1@0.0 2@0.1');
    expect(told.broken).toEqual([]);
  });
});

describe('a producer is fenced', () => {
  test('what it sent in an earlier epoch arrives late, and is refused', () => {
    const told = clientsStory().take(obtainId, send, drain, giveUp(), expire(0));
    expect(told.batches).toBe('1 failed');
    told.take(send);
    expect(told.guard(drain), 'a number that nobody will fill').toBe(
      'the producer goes on to its next epoch first',
    );
    told.take(bumpEpoch, drain, handle(), replicate);
    expect(told.log).toBe('2@1.0');
    told.take(arriveLate);
    expect(told.log, 'nothing of the earlier epoch').toBe('2@1.0');
    expect(told.reached).toContain('late-request-fenced');
    expect(told.broken).toEqual([]);
  });
});

describe('a batch is given up', () => {
  test('the application is told failure, and the record is stored', () => {
    const told = clientsStory().take(obtainId, send, drain, handle(), expire(0), replicate);
    expect(told.batches).toBe('1 failed');
    expect(told.log).toBe('1@0.0');
    expect(told.reached).toContain('failed-record-stored');
  });

  test('nothing new is sent until what follows it shows that it was appended', () => {
    const told = clientsStory().take(obtainId, send, send, drain, drain, handle(), replicate);
    told.take(disconnect(), expire(0), send, drain);
    expect(told.guard(drain)).toBe('it is not known what became of an expired batch');
    told.take(handle(), replicate, receive(), drain, handle());
    expect(told.reached).toContain('expired-batch-resolved');
    expect(told.log).toBe('1@0.0 2@0.1 3@0.2');
    expect(told.broken).toEqual([]);
  });
});

describe('a leader changes', () => {
  test('since 3.7 the old one names the new one', () => {
    const told = clientsStory({ kafka: '3.7' }).take(obtainId, send, drain, failOver(B2), handle());
    told.take(receive());
    expect(told.guard(refresh)).toBe('its metadata is fresh');
    expect(told.reached).toContain('leader-named');
  });

  test('before, the producer asks for metadata', () => {
    const told = clientsStory({ kafka: '3.6' }).take(obtainId, send, drain, failOver(B2), handle());
    told.take(receive(), drain, handle(B1), receive(), refresh, drain, handle(B2));
    expect(told.log).toBe('1@0.0');
  });
});

describe('requests of one connection', () => {
  test('the next one is not looked at while one waits for replication', () => {
    const told = clientsStory().take(obtainId, send, send, drain, drain, handle());
    expect(told.guard(handle())).toBe('there is nothing to handle');
    told.take(timeOut(), handle(), replicate);
    expect(told.log).toBe('1@0.0 2@0.1');
    told.take(receive(), receive(), drain, handle(), receive());
    expect(told.batches).toBe('1 succeeded, 2 succeeded');
    expect(told.broken).toEqual([]);
  });
});

describe('a gap that stays', () => {
  test('the rest is numbered anew, in the next epoch', () => {
    const told = clientsStory().take(obtainId, send, send, drain, drain, reject(), handle());
    told.take(receive());
    expect(told.batches).toBe('1 failed, 2 inFlight');
    told.take(bumpEpoch, receive(), drain, handle());
    expect(told.log).toBe('2@1.0');
    expect(told.broken).toEqual([]);
  });

  test('before 2.5 later batches move up', () => {
    const told = clientsStory({ kafka: '2.4' }).take(obtainId, send, send, drain, drain);
    told.take(reject(), handle(), receive(), receive(), drain, handle());
    expect(told.log).toBe('2@0.0');
    expect(told.broken).toEqual([]);
  });
});

describe('what is found by exploring', () => {
  test('a leader that knows nothing of a producer takes its second batch first', () => {
    const told = clientsStory({ repairs: [] }).take(obtainId, send, drain, failOver(B2), refresh);
    told.take(send, drain, handle(B2), replicate, receive(B2));
    expect(told.log).toBe('2@0.1');
    told.take(handle(B1), receive(B1), drain, handle(B2), receive(B2));
    expect(told.guard(bumpEpoch), 'it waits for a batch before it').toBe(
      'there is no gap in its numbers',
    );
    expect(told.batches, 'again and again, until it expires').toBe('1 queued, 2 succeeded');
  });
});
