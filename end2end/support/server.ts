// The real server as a process: on a free port, with a data folder of its own, its log kept.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 20_000;
const STOPPED_WITHIN_MS = 8_000;

export class Server {
  readonly port: number;
  readonly url: string;
  #dataDir: string;
  #flags: readonly string[];
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(port: number, flags: readonly string[]) {
    this.port = port;
    this.#flags = flags;
    this.url = `http://127.0.0.1:${port}`;
    this.#dataDir = mkdtempSync(join(tmpdir(), "beamdeck-end2end-"));
  }

  /** Starts a server with an empty data folder and flags of its own; waits until it says it is ready. */
  static async start(flags: readonly string[] = []): Promise<Server> {
    const server = new Server(await freePort(), flags);
    await server.start();
    return server;
  }

  /** Everything it wrote so far, over all its starts. */
  get log(): string {
    return this.#log;
  }

  /** Starts it again: same port, same data folder. */
  async start(): Promise<void> {
    const program = fromEnvironment("BEAMDECK_SERVER");
    fromEnvironment("BEAMDECK_SITE_DIR");
    const args = ["serve", "--port", String(this.port), "--data-dir", this.#dataDir, ...this.#flags];
    const env = { ...process.env, RUST_BACKTRACE: "0" };
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (this.#log += chunk.toString()));
    }
    child.on("error", (error) => (this.#log += `\ncannot start ${program}: ${error.message}\n`));
    await this.#ready(child);
  }

  /** Ends it as a service manager does; returns how long that took. */
  async stop(): Promise<number> {
    return this.#end("SIGTERM");
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends it and forgets its data. */
  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) {
        throw new Error(`the server ended with code ${child.exitCode}:\n${this.#log}`);
      }
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error(`the server was not ready after ${READY_WITHIN_MS} ms:\n${this.#log}`);
  }

  async #end(signal: NodeJS.Signals): Promise<number> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return 0;
    const started = Date.now();
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    const inTime = await Promise.race([
      ended.then(() => true),
      pause(STOPPED_WITHIN_MS).then(() => false),
    ]);
    if (!inTime) {
      child.kill("SIGKILL");
      await ended;
      throw new Error(`the server ignored ${signal} for ${STOPPED_WITHIN_MS} ms:\n${this.#log}`);
    }
    return Date.now() - started;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run these tests by \`cargo xtask test browser\``);
  }
  return value;
}

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
