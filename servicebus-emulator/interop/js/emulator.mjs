// Connections to the emulator under test.

import net from "node:net";
import { ServiceBusClient } from "@azure/service-bus";

export const amqpPort = Number(process.env.EMULATOR_AMQP_PORT);
export const httpPort = Number(process.env.EMULATOR_HTTP_PORT);

export function connectionString({ port = amqpPort, keyName = "RootManageSharedAccessKey", key = "SAS_KEY_VALUE" } = {}) {
  return `Endpoint=sb://localhost:${port};SharedAccessKeyName=${keyName};SharedAccessKey=${key};UseDevelopmentEmulator=true`;
}

export function connect({ retryOptions = { maxRetries: 3, retryDelayInMs: 200 }, ...address } = {}) {
  return new ServiceBusClient(connectionString(address), { retryOptions });
}

/** Runs the code with a client and closes it. */
export async function withClient(use, options) {
  const client = connect(options);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** A TCP proxy in front of the emulator whose connections can be cut. */
export async function startProxy() {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    const upstream = net.connect(amqpPort, "localhost");
    for (const [from, to] of [[socket, upstream], [upstream, socket]]) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => { sockets.delete(from); to.destroy(); });
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return { port: server.address().port, cut, close: () => { server.close(); cut(); } };
}
