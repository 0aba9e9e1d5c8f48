// Topics: copies for subscriptions, rules and who changes them.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { check } from "./checks.mjs";
import { withClient } from "./emulator.mjs";
import { expectCode, expectNone, receiveOne } from "./receiving.mjs";

const DELETING = { receiveMode: "receiveAndDelete" };

check("topics: each subscription gets what its rules say", () => withClient(async (client) => {
  const sender = client.createSender("topic");
  const sessionId = randomUUID();
  const message = (color, size) => ({ body: `${color}-${size}`, sessionId, applicationProperties: { color, size } });
  await sender.sendMessages([message("red", 1), message("blue", 20), message("red", 20)]);
  for (const [subscription, bodies] of [["all", ["red-1", "blue-20", "red-20"]], ["red", ["red-1", "red-20"]], ["large", ["red-20"]]]) {
    const receiver = client.createReceiver("topic", subscription, DELETING);
    for (const body of bodies) {
      const received = await receiveOne(receiver);
      assert.equal(received.body, body);
      assert.equal(received.applicationProperties.large, subscription === "large" ? true : undefined);
    }
    await expectNone(receiver);
  }
  const session = await client.acceptSession("topic", "sessions", sessionId, DELETING);
  assert.equal((await receiveOne(session)).body, "red-1");
}));

check("topics: settle, defer, dead-letter and peek on a subscription", () => withClient(async (client) => {
  await client.createSender("topic").sendMessages([{ body: "a" }, { body: "b" }]);
  const receiver = client.createReceiver("topic", "all");
  assert.equal((await receiver.peekMessages(5)).length, 2);
  const deferred = await receiveOne(receiver);
  await receiver.deferMessage(deferred);
  await receiver.deadLetterMessage(await receiveOne(receiver), { deadLetterReason: "reason" });
  const [again] = await receiver.receiveDeferredMessages(deferred.sequenceNumber);
  await receiver.completeMessage(again);
  const dead = await receiveOne(client.createReceiver("topic", "all", { ...DELETING, subQueueType: "deadLetter" }));
  assert.equal(dead.deadLetterReason, "reason");
}));

check("topics: schedule and cancel", () => withClient(async (client) => {
  const sender = client.createSender("topic");
  const receiver = client.createReceiver("topic", "all", DELETING);
  const due = new Date(Date.now() + 1_000);
  const numbers = await sender.scheduleMessages([{ body: "kept" }, { body: "cancelled" }], due);
  await sender.cancelScheduledMessages(numbers[1]);
  assert.equal((await receiveOne(receiver)).body, "kept");
  await expectNone(receiver);
}));

check("rules: create, list and delete with the rule manager", () => withClient(async (client) => {
  const manager = client.createRuleManager("rules", "changing");
  await manager.createRule("sql", { sqlExpression: "size > 10 OR sys.Label = 'x'" }, { sqlExpression: "SET seen = 1" });
  await manager.createRule("correlation", { subject: "s", correlationId: "c", applicationProperties: { number: 5, text: "t", yes: true } });
  await manager.deleteRule("$Default");
  const rules = await manager.getRules();
  assert.deepEqual(rules.map((rule) => rule.name).sort(), ["correlation", "sql"]);
  const byName = Object.fromEntries(rules.map((rule) => [rule.name, rule]));
  assert.equal(byName.sql.filter.sqlExpression, "size > 10 OR sys.Label = 'x'");
  assert.equal(byName.sql.action.sqlExpression, "SET seen = 1");
  assert.equal(byName.correlation.filter.subject, "s");
  assert.deepEqual({ ...byName.correlation.filter.applicationProperties }, { number: 5, text: "t", yes: true });
  await expectCode("MessagingEntityAlreadyExists", manager.createRule("sql", { sqlExpression: "1=1" }));
  await assert.rejects(manager.createRule("bad", { sqlExpression: "NOT A ( FILTER" }));
  await assert.rejects(manager.deleteRule("no-such-rule"));
  const sender = client.createSender("rules");
  const receiver = client.createReceiver("rules", "changing", DELETING);
  await sender.sendMessages([{ body: 1, applicationProperties: { size: 1 } }, { body: 2, applicationProperties: { size: 11 } }, { body: 3, subject: "x" }]);
  for (const body of [2, 3]) {
    const message = await receiveOne(receiver);
    assert.equal(message.body, body);
    assert.equal(message.applicationProperties.seen, 1);
  }
  await expectNone(receiver);
}));

check("errors: missing subscription, receiving from a topic, sending to a subscription", () => withClient(async (client) => {
  await expectCode("MessagingEntityNotFound", client.createReceiver("topic", "none").receiveMessages(1));
  await assert.rejects(client.createReceiver("topic").receiveMessages(1));
  await assert.rejects(client.createSender("topic/Subscriptions/all").sendMessages({ body: 1 }));
}));
