// A real broker as a process, and a producer that feeds it with the facility's own encoder.

import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort, fromEnvironment, pause } from "./server.ts";

const LISTENS_WITHIN_MS = 20_000;
const PRODUCER = fileURLToPath(new URL("producer.py", import.meta.url));

/** A broker that forgets everything when it ends; or one that runs already and cannot be stopped. */
export class Broker {
  readonly address: string;
  #process: ChildProcess | undefined;

  private constructor(address: string) {
    this.address = address;
  }

  /** Starts a broker, or takes the one at BEAMDECK_TEST_BROKER. */
  static async start(): Promise<Broker> {
    const running = process.env["BEAMDECK_TEST_BROKER"];
    if (running !== undefined) return new Broker(running);
    const broker = new Broker(`127.0.0.1:${await freePort()}`);
    await broker.start();
    return broker;
  }

  /** Starts it again at the same address. */
  async start(): Promise<void> {
    const url = `tcp://${this.address}`;
    const listens = ["--listener-url", url, "--advertised-listener-url", url];
    this.#process = spawn(
      fromEnvironment("BEAMDECK_TEST_BROKER_PROGRAM"),
      [...listens, "--storage-engine", "memory://tansu/"],
      { stdio: "ignore" },
    );
    const deadline = Date.now() + LISTENS_WITHIN_MS;
    while (!(await listensAt(this.address))) {
      if (Date.now() > deadline) throw new Error(`the broker does not listen at ${this.address}`);
      await pause(50);
    }
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) {
      throw new Error("this test ends its broker: unset BEAMDECK_TEST_BROKER");
    }
    await end(child);
  }

  async dispose(): Promise<void> {
    if (this.#process !== undefined) await end(this.#process);
  }
}

/** Everything that was sent so far: the same pulse, so many times. */
export interface Sent {
  pulses: number;
  /** Counts of one pulse by pixel, row by row. */
  picture: number[];
  /** Counts of one pulse in the monitor's ten bins of 5 ms. */
  spectrum: number[];
  /** The newest value of `motion1`, in mm. */
  position: number;
}

export class Producer {
  #process: ChildProcessWithoutNullStreams;
  #answers: AsyncIterator<string>;
  #log = "";

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#process = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on("data", (chunk: Buffer) => (this.#log += chunk.toString()));
  }

  /** Starts a producer; the topics exist when it returns. */
  static async start(broker: Broker): Promise<Producer> {
    const python = fromEnvironment("BEAMDECK_ORACLE_PYTHON");
    const producer = new Producer(spawn(python, [PRODUCER, broker.address]));
    await producer.#answer();
    return producer;
  }

  /** Sends so many pulses, 14 a second, and waits until the broker has them. */
  async send(pulses: number): Promise<Sent> {
    this.#process.stdin.write(`${pulses}\n`);
    return (await this.#answer()) as Sent;
  }

  /** Sends a histogram of the monitor that cannot be one. */
  async sendNonsense(): Promise<void> {
    await this.send(0);
  }

  async dispose(): Promise<void> {
    await end(this.#process);
  }

  async #answer(): Promise<unknown> {
    const answer = await this.#answers.next();
    if (answer.done) throw new Error(`the producer ended:\n${this.#log}`);
    return JSON.parse(answer.value);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

function listensAt(address: string): Promise<boolean> {
  const [host = "", port] = address.split(":");
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    const settle = (listens: boolean) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
