// Drives the emulator with Microsoft's JavaScript SDK. Usage: node interop.mjs [part of a feature's name]

import "./queues.mjs";
import "./sessions.mjs";
import "./topics.mjs";
import "./administration.mjs";
import "./transports.mjs";
import { runChecks } from "./checks.mjs";

const failures = await runChecks(process.argv[2]);
process.exit(failures === 0 ? 0 : 1);
