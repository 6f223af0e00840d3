// @ts-check
/**
 * Everything that can keep the tools from answering: a closed set of reason codes, each with what the reader is told
 * and whether trying again can help. The way on that always works is the decision table on the page itself, which
 * needs no script.
 */

/**
 * @typedef {"no_worker" | "no_wasm" | "wasm_blocked" | "offline" | "missing" | "damaged" | "wrong_file" | "stale" | "rules"
 *   | "python" | "time_out" | "no_answer" | "crashed" | "internal"} Reason
 */

/** @type {Readonly<Record<Reason, {says: string, wayOn: string, retry: boolean}>>} */
export const FAILURES = Object.freeze({
  no_worker: {
    says: "This browser cannot run the tool in the background, which it needs.",
    wayOn: "Use the decision table on this page, or a newer browser.",
    retry: false,
  },
  no_wasm: {
    says: "This browser cannot run the tool: WebAssembly is missing, switched off or too old.",
    wayOn: "Use the decision table on this page, or a newer browser. Lockdown mode switches WebAssembly off.",
    retry: false,
  },
  wasm_blocked: {
    says: "A security setting of this site or of your organisation stops the tool from running.",
    wayOn: "Use the decision table on this page, and tell whoever looks after the site.",
    retry: false,
  },
  offline: {
    says: "A file that the tool needs could not be fetched.",
    wayOn: "Check the connection and try again, or use the decision table on this page.",
    retry: true,
  },
  missing: {
    says: "A file that the tool needs is not on the server.",
    wayOn: "Try again, or open the page again in another tab: the site may just have been updated. Meanwhile use the decision table on this page.",
    retry: true,
  },
  damaged: {
    says: "A file that the tool needs arrived incomplete or damaged.",
    wayOn: "Try again. If that does not help, tell whoever looks after the site, and use the decision table on this page.",
    retry: true,
  },
  wrong_file: {
    says: "The server sent something other than the file that the tool needs, perhaps a sign-in page.",
    wayOn: "Sign in to the network and try again, or use the decision table on this page.",
    retry: true,
  },
  stale: {
    says: "This page and the tool come from different versions of the handbook.",
    wayOn: "Open this page again in another tab.",
    retry: false,
  },
  rules: {
    says: "The tool refuses the rules that it was given.",
    wayOn: "Use the decision table on this page, and tell whoever looks after the site.",
    retry: false,
  },
  python: {
    says: "The tool could not start.",
    wayOn: "Try again, or use the decision table on this page.",
    retry: true,
  },
  time_out: {
    says: "The tool did not start in time.",
    wayOn: "Try again where the connection is better, or use the decision table on this page.",
    retry: true,
  },
  no_answer: {
    says: "The tool took too long to answer and was stopped.",
    wayOn: "Try again, or use the decision table on this page.",
    retry: true,
  },
  crashed: {
    says: "The tool stopped unexpectedly.",
    wayOn: "Try again, or use the decision table on this page.",
    retry: true,
  },
  internal: {
    says: "The tool has a fault and could not answer this.",
    wayOn: "Use the decision table on this page, and tell whoever looks after the site.",
    retry: true,
  },
});

/** A failure with its reason code; `detail` is for those who look after the site, not for readers. */
export class EngineError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} [detail]
   */
  constructor(reason, detail = "") {
    super(detail ? `${reason}: ${detail}` : reason);
    this.name = "EngineError";
    this.reason = reason;
    this.detail = detail;
  }
}

/**
 * @param {any} error
 * @param {Reason} otherwise the reason where the error brings none
 * @returns {EngineError}
 */
export function asEngineError(error, otherwise) {
  return error instanceof EngineError ? error : new EngineError(otherwise, String(error?.message ?? error));
}
