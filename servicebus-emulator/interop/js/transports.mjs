// The same over TLS, and over WebSockets. Node trusts the emulator's certificate by NODE_EXTRA_CA_CERTS.

import assert from "node:assert/strict";
import { ServiceBusClient } from "@azure/service-bus";
import WebSocket from "ws";
import { check } from "./checks.mjs";
import { connectionString } from "./emulator.mjs";
import { receiveOne } from "./receiving.mjs";

const overTls = connectionString().replace(";UseDevelopmentEmulator=true", "");

for (const [feature, options] of [["TLS", {}], ["WebSockets with TLS", { webSocketOptions: { webSocket: WebSocket } }]]) {
  check(`transports: ${feature}`, async () => {
    const client = new ServiceBusClient(overTls, { ...options, retryOptions: { maxRetries: 0, timeoutInMs: 10_000 } });
    try {
      await client.createSender("transports").sendMessages({ body: Buffer.alloc(100_000) });
      const receiver = client.createReceiver("transports");
      const message = await receiveOne(receiver);
      assert.equal(message.body.length, 100_000);
      await receiver.completeMessage(message);
    } finally {
      await client.close();
    }
  });
}
