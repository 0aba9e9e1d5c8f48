// Sessions: accepting, order, state, locks.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { check } from "./checks.mjs";
import { withClient } from "./emulator.mjs";
import { WAIT, expectCode, expectNone, receiveOne } from "./receiving.mjs";

function sessionCheck(feature, queue, run) {
  check(feature, () => withClient((client) =>
    run({ client, queue, sender: client.createSender(queue), sessionId: randomUUID() })));
}

sessionCheck("sessions: accept by id, first in first out", "sessions", async ({ client, queue, sender, sessionId }) => {
  const other = randomUUID();
  await sender.sendMessages([1, 2, 3].flatMap((body) => [{ body, sessionId }, { body: -body, sessionId: other }]));
  for (const [id, expected] of [[other, [-1, -2, -3]], [sessionId, [1, 2, 3]]]) {
    const receiver = await client.acceptSession(queue, id);
    assert.equal(receiver.sessionId, id);
    assert.ok(receiver.sessionLockedUntilUtc > new Date());
    const messages = [];
    while (messages.length < 3) messages.push(...await receiver.receiveMessages(3 - messages.length, WAIT));
    assert.deepEqual(messages.map((message) => message.body), expected);
    for (const message of messages) {
      assert.equal(message.sessionId, id);
      await receiver.completeMessage(message);
    }
    await receiver.close();
  }
});

sessionCheck("sessions: next available, none available", "next-session", async ({ client, queue, sender }) => {
  const ids = ["a", "b"];
  await sender.sendMessages(ids.map((sessionId) => ({ body: sessionId, sessionId })));
  const accepted = [];
  for (const _ of ids) {
    const receiver = await client.acceptNextSession(queue);
    const message = await receiveOne(receiver);
    assert.equal(message.body, receiver.sessionId);
    await receiver.completeMessage(message);
    accepted.push(receiver.sessionId);
  }
  assert.deepEqual(accepted.sort(), ids);
  await withClient((impatient) => expectCode("ServiceTimeout", impatient.acceptNextSession(queue)),
    { retryOptions: { maxRetries: 0, timeoutInMs: 1_500 } });
});

sessionCheck("sessions: next available waits for a message", "next-session", async ({ client, queue, sender }) => {
  const pending = client.acceptNextSession(queue);
  await delay(500);
  await sender.sendMessages({ body: "late", sessionId: "late" });
  const receiver = await pending;
  assert.equal(receiver.sessionId, "late");
  await receiver.completeMessage(await receiveOne(receiver));
});

sessionCheck("sessions: state", "sessions", async ({ client, queue, sessionId }) => {
  const receiver = await client.acceptSession(queue, sessionId);
  assert.equal(await receiver.getSessionState(), null);
  await receiver.setSessionState({ step: 1 });
  await receiver.close();
  const again = await client.acceptSession(queue, sessionId);
  assert.deepEqual(await again.getSessionState(), { step: 1 });
  await again.setSessionState(null);
  assert.equal(await again.getSessionState(), null);
});

sessionCheck("sessions: held by one receiver at a time, free when it closes", "sessions", async ({ client, queue, sender, sessionId }) => {
  await sender.sendMessages({ body: 1, sessionId });
  const holder = await client.acceptSession(queue, sessionId);
  assert.equal((await receiveOne(holder)).deliveryCount, 0);
  await expectCode("SessionCannotBeLocked", client.acceptSession(queue, sessionId));
  await holder.close();
  const next = await client.acceptSession(queue, sessionId);
  const message = await receiveOne(next);
  assert.equal(message.deliveryCount, 0);
  await next.completeMessage(message);
});

sessionCheck("sessions: lock renewal and loss", "session-locks", async ({ client, queue, sender, sessionId }) => {
  await sender.sendMessages({ body: 1, sessionId });
  const receiver = await client.acceptSession(queue, sessionId, { maxAutoLockRenewalDurationInMs: 0 });
  const message = await receiveOne(receiver);
  await delay(1_000);
  const before = receiver.sessionLockedUntilUtc;
  assert.ok(await receiver.renewSessionLock() > before);
  await delay(5_500);
  await expectCode("SessionLockLost", receiver.completeMessage(message));
  await expectCode("SessionLockLost", receiver.renewSessionLock());
  const next = await client.acceptSession(queue, sessionId);
  await next.completeMessage(await receiveOne(next));
});

sessionCheck("sessions: defer, dead-letter, abandon, peek, schedule", "sessions", async ({ client, queue, sender, sessionId }) => {
  await sender.sendMessages(["defer", "dead-letter", "abandon"].map((body) => ({ body, sessionId })));
  const receiver = await client.acceptSession(queue, sessionId);
  assert.deepEqual((await receiver.peekMessages(5)).map((message) => message.body), ["defer", "dead-letter", "abandon"]);
  const deferred = await receiveOne(receiver);
  await receiver.deferMessage(deferred);
  await receiver.deadLetterMessage(await receiveOne(receiver), { deadLetterReason: "reason" });
  await receiver.abandonMessage(await receiveOne(receiver));
  const abandoned = await receiveOne(receiver);
  assert.equal(abandoned.deliveryCount, 1);
  await receiver.completeMessage(abandoned);
  const [again] = await receiver.receiveDeferredMessages(deferred.sequenceNumber);
  await receiver.completeMessage(again);
  await sender.scheduleMessages({ body: "scheduled", sessionId }, new Date(Date.now() + 500));
  await receiver.completeMessage(await receiveOne(receiver));
  await expectNone(receiver);
  const dead = await receiveOne(client.createReceiver(queue, { subQueueType: "deadLetter", receiveMode: "receiveAndDelete" }));
  assert.equal(dead.sessionId, sessionId);
});

sessionCheck("sessions: subscription in a session", "sessions", async ({ client, queue, sender, sessionId }) => {
  const receiver = await client.acceptSession(queue, sessionId);
  const bodies = [];
  const done = new Promise((resolve, reject) => receiver.subscribe({
    processMessage: async ({ body }) => { if (bodies.push(body) === 5) resolve(); },
    processError: async ({ error }) => reject(error),
  }));
  await sender.sendMessages([1, 2, 3, 4, 5].map((body) => ({ body, sessionId })));
  await done;
  assert.deepEqual(bodies, [1, 2, 3, 4, 5]);
});

sessionCheck("sessions: receiver without a session, message without a session, queue without sessions", "sessions", async ({ client, queue, sender }) => {
  await assert.rejects(client.createReceiver(queue).receiveMessages(1, WAIT), /requires sessions/);
  await assert.rejects(sender.sendMessages({ body: 1 }), /SessionId/);
  await assert.rejects(client.acceptSession("send", "a"));
});
