// Administration over HTTP: entities, rules, counts. The client dials https; a policy sends its requests to the emulator.

import assert from "node:assert/strict";
import { ServiceBusAdministrationClient } from "@azure/service-bus";
import { check } from "./checks.mjs";
import { connectionString, httpPort, withClient } from "./emulator.mjs";
import { receiveOne } from "./receiving.mjs";

function administration(options) {
  const client = new ServiceBusAdministrationClient(connectionString(options));
  client.pipeline.addPolicy({
    name: "emulator",
    sendRequest(request, next) {
      const url = new URL(request.url);
      url.protocol = "http:";
      url.host = `localhost:${httpPort}`;
      request.url = String(url);
      request.allowInsecureConnection = true;
      return next(request);
    },
  }, { phase: "Retry" });
  return client;
}

async function all(iterator) {
  const found = [];
  for await (const each of iterator) found.push(each);
  return found;
}

function expectStatus(code, promise) {
  return assert.rejects(promise, (error) => {
    assert.equal(error.code, code, error.message);
    return true;
  });
}

check("administration: queue created, read, updated, listed, deleted", async () => {
  const client = administration();
  const created = await client.createQueue("js-queue", { lockDuration: "PT30S", maxDeliveryCount: 7, requiresSession: true, userMetadata: "mine" });
  assert.equal(created.lockDuration, "PT30S");
  const queue = await client.getQueue("js-queue");
  assert.equal(queue.maxDeliveryCount, 7);
  assert.equal(queue.requiresSession, true);
  assert.equal(queue.userMetadata, "mine");
  assert.equal(queue.status, "Active");
  queue.maxDeliveryCount = 9;
  queue.status = "SendDisabled";
  assert.equal((await client.updateQueue(queue)).maxDeliveryCount, 9);
  assert.equal((await client.getQueue("js-queue")).status, "SendDisabled");
  assert.ok((await all(client.listQueues())).some(({ name }) => name === "js-queue"));
  await expectStatus("MessageEntityAlreadyExistsError", client.createQueue("js-queue"));
  assert.equal(await client.queueExists("js-queue"), true);
  await client.deleteQueue("js-queue");
  assert.equal(await client.queueExists("js-queue"), false);
  await expectStatus("MessageEntityNotFoundError", client.getQueue("js-queue"));
});

check("administration: lists page by page", async () => {
  const client = administration();
  const names = Array.from({ length: 120 }, (_, i) => `js-page-${i}`);
  for (const name of names) await client.createQueue(name);
  const listed = new Set((await all(client.listQueues())).map(({ name }) => name));
  assert.ok(names.every((name) => listed.has(name)));
  const pages = await all(client.listQueues().byPage({ maxPageSize: 50 }));
  assert.ok(pages.length >= 3 && pages[0].length === 50);
  for (const name of names) await client.deleteQueue(name);
});

check("administration: topic, subscription, rules", async () => {
  const client = administration();
  await client.createTopic("js-topic", { defaultMessageTimeToLive: "P2D" });
  assert.equal((await client.getTopic("js-topic")).defaultMessageTimeToLive, "P2D");
  await client.createSubscription("js-topic", "sub", { maxDeliveryCount: 4, defaultRuleOptions: { name: "first", filter: { sqlExpression: "a = 1" } } });
  await client.createRule("js-topic", "sub", "correlation", { subject: "s", applicationProperties: { number: 5.5 } }, { sqlExpression: "SET b = 2" });
  const rules = await all(client.listRules("js-topic", "sub"));
  assert.deepEqual(rules.map(({ name }) => name).sort(), ["correlation", "first"]);
  const rule = await client.getRule("js-topic", "sub", "correlation");
  assert.equal(rule.filter.subject, "s");
  assert.equal(rule.filter.applicationProperties.number, 5.5);
  assert.equal(rule.action.sqlExpression, "SET b = 2");
  await withClient(async (messaging) => {
    await messaging.createSender("js-topic").sendMessages([{ body: "no" }, { body: "yes", subject: "s", applicationProperties: { number: 5.5 } }]);
    const message = await receiveOne(messaging.createReceiver("js-topic", "sub", { receiveMode: "receiveAndDelete" }));
    assert.equal(message.body, "yes");
    assert.equal(message.applicationProperties.b, 2);
  });
  await client.deleteRule("js-topic", "sub", "first");
  const subscription = await client.getSubscription("js-topic", "sub");
  subscription.lockDuration = "PT20S";
  assert.equal((await client.updateSubscription(subscription)).lockDuration, "PT20S");
  assert.equal((await all(client.listSubscriptions("js-topic"))).length, 1);
  await client.deleteSubscription("js-topic", "sub");
  await client.deleteTopic("js-topic");
  assert.equal(await client.topicExists("js-topic"), false);
});

check("administration: message counts, namespace", async () => {
  const client = administration();
  await client.createQueue("js-counts");
  await withClient(async (messaging) => {
    const sender = messaging.createSender("js-counts");
    const receiver = messaging.createReceiver("js-counts");
    await sender.sendMessages([{ body: 1 }, { body: 2 }]);
    await sender.scheduleMessages({ body: 3 }, new Date(Date.now() + 60_000));
    await receiver.deadLetterMessage(await receiveOne(receiver));
  });
  const counts = await client.getQueueRuntimeProperties("js-counts");
  assert.equal(counts.activeMessageCount, 1);
  assert.equal(counts.deadLetterMessageCount, 1);
  assert.equal(counts.scheduledMessageCount, 1);
  assert.equal(counts.totalMessageCount, 3);
  assert.ok(counts.sizeInBytes > 0 && counts.createdAt instanceof Date);
  assert.equal((await all(client.listQueuesRuntimeProperties())).find(({ name }) => name === "js-counts").activeMessageCount, 1);
  await client.deleteQueue("js-counts");
  assert.ok((await client.getNamespaceProperties()).name);
});

check("administration: wrong key", () =>
  expectStatus("UnauthorizedRequestError", administration({ key: "wrong" }).getQueue("send")));
