// What several checks do with receivers.

import assert from "node:assert/strict";

export const WAIT = { maxWaitTimeInMs: 5_000 };
export const SOON = { maxWaitTimeInMs: 500 };

export async function receiveOne(receiver) {
  const [message] = await receiver.receiveMessages(1, WAIT);
  assert.ok(message, "no message arrived");
  return message;
}

export async function expectNone(receiver) {
  assert.deepEqual((await receiver.receiveMessages(1, SOON)).map((message) => message.body), []);
}

export async function expectCode(code, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.code, code, `code is ${error.code}: ${error.message}`);
    return true;
  });
}
