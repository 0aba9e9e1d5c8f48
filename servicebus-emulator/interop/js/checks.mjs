// Registers checks and runs them one after the other: "ok <feature>" or "FAIL <feature>: why".

const TIME_LIMIT = 60_000;

const checks = [];

export function check(feature, run) {
  checks.push({ feature, run });
}

/** Runs the checks whose name contains the text; returns how many failed. */
export async function runChecks(text = "") {
  let failures = 0;
  for (const { feature, run } of checks.filter((each) => each.feature.includes(text))) {
    try {
      await inTime(run());
      console.log(`ok ${feature}`);
    } catch (error) {
      failures++;
      console.log(`FAIL ${feature}: ${error?.stack ?? error}`);
    }
  }
  return failures;
}

function inTime(promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${TIME_LIMIT} ms`)), TIME_LIMIT);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
