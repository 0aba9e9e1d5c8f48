// Queues: sending, receiving, settling and everything that happens to messages meanwhile.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { check } from "./checks.mjs";
import { connect, startProxy, withClient } from "./emulator.mjs";
import { WAIT, expectCode, expectNone, receiveOne } from "./receiving.mjs";

/** A check with a client, and a sender and a receiver of the queue. */
function queueCheck(feature, queue, run, receiverOptions) {
  check(feature, () => withClient((client) =>
    run({ client, queue, sender: client.createSender(queue), receiver: client.createReceiver(queue, receiverOptions) })));
}

queueCheck("send: one message with all properties", "send", async ({ sender, receiver }) => {
  const sent = {
    body: { item: "book", quantity: 2 },
    messageId: randomUUID(),
    correlationId: "correlation",
    contentType: "application/json",
    subject: "subject",
    to: "to",
    replyTo: "reply-to",
    replyToSessionId: "reply-to-session",
    partitionKey: "partition",
    applicationProperties: { text: "a", integer: 42, large: 2 ** 40, fraction: 1.5, yes: true, none: null },
  };
  await sender.sendMessages({ ...sent, timeToLive: 60_000 });
  const received = await receiveOne(receiver);
  for (const key of Object.keys(sent)) {
    assert.deepEqual(received[key], sent[key], key);
  }
  assert.ok(received.sequenceNumber.toNumber() > 0);
  assert.ok(Math.abs(received.enqueuedTimeUtc - Date.now()) < 60_000);
  assert.equal(+received.expiresAtUtc, +received.enqueuedTimeUtc + 60_000);
  assert.ok(received.lockedUntilUtc > new Date());
  assert.equal(received.deliveryCount, 0);
  assert.equal(received.state, "active");
  await receiver.completeMessage(received);
});

queueCheck("send: data, value and sequence bodies", "bodies", async ({ sender, receiver }) => {
  const cases = [
    ["data", Buffer.from([0, 1, 255])],
    ["data", ""],
    ["value", "text"],
    ["value", 7],
    ["value", { nested: { list: [1, "two", true] } }],
    ["sequence", [1, "two", { three: 3 }]],
  ];
  for (const [bodyType, body] of cases) {
    const annotated = { bodyType, body, messageAnnotations: { mine: "kept" }, header: { durable: true, priority: 7 } };
    await sender.sendMessages(annotated);
    const received = await receiveOne(receiver);
    const raw = received._rawAmqpMessage;
    assert.equal(raw.bodyType, bodyType);
    assert.deepEqual(received.body, bodyType === "data" && body === "" ? "" : body);
    assert.equal(raw.messageAnnotations.mine, "kept");
    assert.equal(raw.header.priority, 7);
    await receiver.completeMessage(received);
  }
});

queueCheck("send: batches, first in first out", "batches", async ({ sender, receiver }) => {
  await sender.sendMessages([{ body: "array-1" }, { body: "array-2" }]);
  const batch = await sender.createMessageBatch();
  while (batch.count < 500 && batch.tryAddMessage({ body: batch.count, messageId: `${batch.count}` }));
  await sender.sendMessages(batch);
  const bodies = [];
  while (bodies.length < 502) {
    for (const message of await receiver.receiveMessages(502 - bodies.length, WAIT)) {
      bodies.push(message.body);
      await receiver.completeMessage(message);
    }
  }
  assert.deepEqual(bodies, ["array-1", "array-2", ...Array(500).keys()]);
});

queueCheck("send: large messages, full batches, sizes above the limit", "sizes", async ({ sender, receiver }) => {
  const batch = await sender.createMessageBatch();
  const body = Buffer.alloc(10_000);
  while (batch.tryAddMessage({ body }));
  assert.ok(batch.count >= 20 && batch.maxSizeInBytes >= 256 * 1024);
  await sender.sendMessages(batch);
  await sender.sendMessages({ body: Buffer.alloc(200_000, 1) });
  await expectCode("MessageSizeExceeded", sender.sendMessages({ body: Buffer.alloc(batch.maxSizeInBytes + 1) }));
  await sender.sendMessages({ body: "still open" });
  for (let i = 0; i < batch.count; i++) {
    assert.equal((await receiveOne(receiver)).body.length, 10_000);
  }
  assert.equal((await receiveOne(receiver)).body.length, 200_000);
  assert.equal((await receiveOne(receiver)).body, "still open");
}, { receiveMode: "receiveAndDelete" });

queueCheck("receive: receive and delete, empty queue", "receive", async ({ sender, receiver }) => {
  await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  assert.deepEqual((await receiver.receiveMessages(3, WAIT)).map((message) => message.body), [1, 2, 3]);
  await expectNone(receiver);
}, { receiveMode: "receiveAndDelete" });

queueCheck("receive: waits for the first message", "receive", async ({ sender, receiver }) => {
  const pending = receiver.receiveMessages(10, WAIT);
  await delay(300);
  await sender.sendMessages({ body: "late" });
  const [message] = await pending;
  assert.equal(message.body, "late");
  await receiver.completeMessage(message);
});

queueCheck("receive: iterator", "receive", async ({ sender, receiver }) => {
  await sender.sendMessages([{ body: 1 }, { body: 2 }]);
  const bodies = [];
  for await (const message of receiver.getMessageIterator(WAIT)) {
    bodies.push(message.body);
    await receiver.completeMessage(message);
    if (bodies.length === 2) break;
  }
  assert.deepEqual(bodies, [1, 2]);
});

queueCheck("receive: subscription completes, and abandons what fails", "process", async ({ sender, receiver }) => {
  const deliveries = [];
  const done = new Promise((resolve, reject) => receiver.subscribe({
    async processMessage(message) {
      deliveries.push(`${message.body}/${message.deliveryCount}`);
      if (message.body === "bad" && message.deliveryCount === 0) throw new Error("once");
      if (deliveries.length === 6) resolve();
    },
    async processError({ errorSource, error }) {
      if (errorSource !== "processMessageCallback") reject(error);
    },
  }));
  await sender.sendMessages(["bad", 1, 2, 3, 4].map((body) => ({ body })));
  await done;
  assert.deepEqual(deliveries.sort(), ["1/0", "2/0", "3/0", "4/0", "bad/0", "bad/1"]);
  await receiver.close();
});

queueCheck("settle: complete, abandon with properties", "settle", async ({ sender, receiver }) => {
  await sender.sendMessages({ body: "a", applicationProperties: { kept: 1, changed: "before" } });
  await receiver.abandonMessage(await receiveOne(receiver), { changed: "after", added: true });
  const again = await receiveOne(receiver);
  assert.equal(again.deliveryCount, 1);
  assert.deepEqual(again.applicationProperties, { kept: 1, changed: "after", added: true });
  await receiver.completeMessage(again);
  await expectNone(receiver);
});

queueCheck("settle: from another receiver than the one it came to", "settle", async ({ client, queue, sender }) => {
  await sender.sendMessages([{ body: 1 }, { body: 2 }]);
  const first = client.createReceiver(queue);
  const messages = await first.receiveMessages(2, WAIT);
  await first.close();
  const second = client.createReceiver(queue);
  for (const message of messages) {
    await second.completeMessage(message);
  }
  await expectNone(second);
});

queueCheck("defer: receive by sequence number, then settle", "defer", async ({ sender, receiver }) => {
  await sender.sendMessages([{ body: "a" }, { body: "b" }]);
  const [a, b] = [await receiveOne(receiver), await receiveOne(receiver)];
  await receiver.deferMessage(a, { why: "later" });
  await receiver.deferMessage(b);
  await expectNone(receiver);
  const deferred = await receiver.receiveDeferredMessages([a.sequenceNumber, b.sequenceNumber]);
  assert.deepEqual(deferred.map((message) => message.body), ["a", "b"]);
  assert.equal(deferred[0].applicationProperties.why, "later");
  assert.equal(deferred[0].state, "deferred");
  await receiver.renewMessageLock(deferred[0]);
  await receiver.completeMessage(deferred[0]);
  await receiver.abandonMessage(deferred[1]);
  const [still] = await receiver.receiveDeferredMessages(b.sequenceNumber);
  await receiver.deadLetterMessage(still, { deadLetterReason: "deferred" });
  await expectCode("MessageNotFound", receiver.receiveDeferredMessages(b.sequenceNumber));
});

queueCheck("dead-letter: reason, description, properties; receive and resubmit", "dead-letters", async ({ client, queue, sender, receiver }) => {
  await sender.sendMessages({ body: "a", messageId: "id-1" });
  const options = { deadLetterReason: "reason", deadLetterErrorDescription: "description", extra: 1 };
  await receiver.deadLetterMessage(await receiveOne(receiver), options);
  await expectNone(receiver);
  const deadLetters = client.createReceiver(queue, { subQueueType: "deadLetter" });
  const dead = await receiveOne(deadLetters);
  assert.equal(dead.messageId, "id-1");
  assert.equal(dead.deadLetterReason, "reason");
  assert.equal(dead.deadLetterErrorDescription, "description");
  assert.equal(dead.applicationProperties.extra, 1);
  await sender.sendMessages(dead);
  await deadLetters.completeMessage(dead);
  await receiver.completeMessage(await receiveOne(receiver));
  await expectNone(deadLetters);
});

queueCheck("dead-letter: too many deliveries", "deliveries", async ({ client, queue, sender, receiver }) => {
  await sender.sendMessages({ body: "a" });
  await receiver.abandonMessage(await receiveOne(receiver));
  await receiver.abandonMessage(await receiveOne(receiver));
  await expectNone(receiver);
  const dead = await receiveOne(client.createReceiver(queue, { subQueueType: "deadLetter", receiveMode: "receiveAndDelete" }));
  assert.equal(dead.deadLetterReason, "MaxDeliveryCountExceeded");
});

queueCheck("peek: pages, from a sequence number, states", "peek", async ({ sender, receiver }) => {
  assert.deepEqual(await receiver.peekMessages(5), []);
  await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  const [scheduled] = await sender.scheduleMessages({ body: 4 }, new Date(Date.now() + 60_000));
  const locked = await receiveOne(receiver);
  const all = [...await receiver.peekMessages(2), ...await receiver.peekMessages(5)];
  assert.deepEqual(all.map((message) => message.body), [1, 2, 3, 4]);
  assert.deepEqual(all.map((message) => message.state), ["active", "active", "active", "scheduled"]);
  const from = await receiver.peekMessages(1, { fromSequenceNumber: all[2].sequenceNumber });
  assert.equal(from[0].body, 3);
  const bare = await receiver.peekMessages(1, { fromSequenceNumber: all[0].sequenceNumber, omitMessageBody: true });
  assert.equal(bare.length, 1);
  await receiver.completeMessage(locked);
  await sender.cancelScheduledMessages(scheduled);
});

queueCheck("locks: renewal, loss, redelivery", "locks", async ({ sender, receiver }) => {
  await sender.sendMessages({ body: "a" });
  const message = await receiveOne(receiver);
  await delay(1_000);
  const before = message.lockedUntilUtc;
  assert.ok(await receiver.renewMessageLock(message) > before);
  await delay(5_500);
  await expectCode("MessageLockLost", receiver.completeMessage(message));
  await expectCode("MessageLockLost", receiver.renewMessageLock(message));
  const again = await receiveOne(receiver);
  assert.equal(again.deliveryCount, 1);
  await receiver.completeMessage(again);
}, { maxAutoLockRenewalDurationInMs: 0 });

queueCheck("locks: renewed while a message is processed", "locks", async ({ sender, receiver }) => {
  await sender.sendMessages({ body: "slow" });
  await new Promise((resolve, reject) => receiver.subscribe({
    processMessage: (message) => delay(6_500)
      .then(() => receiver.completeMessage(message)).then(resolve, reject),
    processError: async ({ error }) => reject(error),
  }, { autoCompleteMessages: false }));
  await expectNoneLeft(receiver);
});

async function expectNoneLeft(receiver) {
  assert.deepEqual(await receiver.peekMessages(1), []);
}

queueCheck("schedule: by property and by call, cancel", "schedule", async ({ sender, receiver }) => {
  const due = new Date(Date.now() + 1_500);
  await sender.sendMessages({ body: "property", scheduledEnqueueTimeUtc: due });
  const numbers = await sender.scheduleMessages([{ body: "call" }, { body: "cancelled" }], due);
  assert.equal(numbers.length, 2);
  await sender.cancelScheduledMessages(numbers[1]);
  await expectNone(receiver);
  const bodies = [await receiveOne(receiver), await receiveOne(receiver)].map((message) => message.body);
  assert.deepEqual(bodies.sort(), ["call", "property"]);
  assert.ok(new Date() >= due);
  await expectNone(receiver);
  await expectCode("MessageNotFound", sender.cancelScheduledMessages(numbers[1]));
}, { receiveMode: "receiveAndDelete" });

queueCheck("expiry: to the dead-letter queue", "expiry", async ({ client, queue, sender, receiver }) => {
  await sender.sendMessages({ body: "a", timeToLive: 500 });
  await delay(1_000);
  await expectNone(receiver);
  const dead = await receiveOne(client.createReceiver(queue, { subQueueType: "deadLetter", receiveMode: "receiveAndDelete" }));
  assert.equal(dead.deadLetterReason, "TTLExpiredException");
});

queueCheck("duplicates: one of two equal message ids", "duplicates", async ({ sender, receiver }) => {
  const messageId = randomUUID();
  await sender.sendMessages({ body: 1, messageId });
  await sender.sendMessages([{ body: 2, messageId }, { body: 3, messageId: randomUUID() }]);
  assert.deepEqual([await receiveOne(receiver), await receiveOne(receiver)].map((message) => message.body), [1, 3]);
  await expectNone(receiver);
}, { receiveMode: "receiveAndDelete" });

check("forward: from queue to queue", () => withClient(async (client) => {
  await client.createSender("forward").sendMessages({ body: "a" });
  const message = await receiveOne(client.createReceiver("forwarded", { receiveMode: "receiveAndDelete" }));
  assert.equal(message.body, "a");
  assert.ok(message.enqueuedSequenceNumber >= 1);
}));

check("errors: missing entity, closed client", async () => {
  const client = connect();
  await expectCode("MessagingEntityNotFound", client.createSender("no-such-queue").sendMessages({ body: 1 }));
  await expectCode("MessagingEntityNotFound", client.createReceiver("no-such-queue").receiveMessages(1, WAIT));
  await expectCode("MessagingEntityNotFound", client.createReceiver("no-such-queue").peekMessages(1));
  await client.close();
  assert.throws(() => client.createSender("send"));
});

/** What the SDK throws holds the error of each attempt. */
function unauthorized({ errors }) {
  return errors.every(({ code }) => code === "UnauthorizedAccess");
}

check("errors: wrong key, unknown key name", async () => {
  for (const address of [{ key: "wrong" }, { keyName: "unknown" }]) {
    await withClient((client) => assert.rejects(client.createSender("send").sendMessages({ body: 1 }), unauthorized), address);
  }
});

check("reconnect: senders, receivers and subscriptions outlive their connection", async () => {
  const proxy = await startProxy();
  const received = [];
  await withClient(async (client) => {
    const [sender, receiver] = [client.createSender("reconnect"), client.createReceiver("reconnect")];
    receiver.subscribe({ processMessage: async ({ body }) => { received.push(body); }, processError: async () => {} });
    for (let round = 0; round < 3; round++) {
      await sender.sendMessages({ body: round });
      while (!received.includes(round)) await delay(50);
      proxy.cut();
      await delay(200);
    }
  }, { port: proxy.port }).finally(proxy.close);
});
