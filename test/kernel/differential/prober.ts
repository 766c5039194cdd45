/** The real kernel as the referee: a host with three cables, to be configured and sent packets (see prober.py). */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A connection that exists before the packet, as connection tracking would have it: both ends have spoken. */
export interface Connection {
  readonly protocol: number
  readonly src: string
  readonly dst: string
  readonly sport?: number
  readonly dport?: number
}

interface Sent {
  /** The IP packet. */
  readonly probe: string
  /** Its identification: by that it is known again, and the answers that quote it. */
  readonly id: number
  readonly track?: readonly Connection[]
}

export type Order =
  | { readonly run: string; readonly input?: string }
  | { readonly join: string; readonly on: string }
  | (Sent & { readonly cable: 0 | 1 | 2; readonly frame: string })
  | (Sent & { readonly to: string; readonly mark?: number; readonly bind?: string; readonly from?: string })

export interface Ran {
  readonly ok: boolean
  readonly out: string
  readonly err: string
}

export interface Heard {
  /** The packet as a socket of the host got it. */
  readonly delivered: string | null
  /** Frames that left, with the cable. */
  readonly out: readonly (readonly [cable: number, frame: string])[]
  /** ICMP errors about it and TCP resets. */
  readonly said: readonly string[]
  /** What the host's own program was told when it sent. */
  readonly error: string | null
  /** Growth of IPReversePathFilter. */
  readonly rp: number
}

const PROGRAM = fileURLToPath(new URL('prober.py', import.meta.url))

export class Prober {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting: ((line: string | undefined) => void)[] = []
  #said = ''

  /** `cpu`: all of it runs on this one. `program`: where prober.py lies, for a bundle that lies elsewhere. */
  constructor(cpu = 0, program = PROGRAM) {
    this.#child = spawn('unshare', ['-n', 'python3', program, String(cpu)], { stdio: 'pipe' })
    this.#child.stderr.on('data', (text) => {
      this.#said += String(text)
    })
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.(line))
    this.#child.on('exit', () => {
      for (const next of this.#waiting.splice(0)) next(undefined)
    })
  }

  async #ask(order: Order): Promise<unknown> {
    const line = await new Promise<string | undefined>((resolve) => {
      this.#waiting.push(resolve)
      this.#child.stdin.write(`${JSON.stringify(order)}\n`)
    })
    if (line === undefined) throw new Error(`the referee ended: ${this.#said}`)
    const answer = JSON.parse(line) as { failed?: string } | null
    if (answer?.failed !== undefined) throw new Error(answer.failed)
    return answer
  }

  async run(run: string, input = ''): Promise<Ran> {
    return (await this.#ask({ run, input })) as Ran
  }

  /** @throws Error when the command fails */
  async must(run: string, input = ''): Promise<string> {
    const { ok, out, err } = await this.run(run, input)
    if (!ok) throw new Error(`${run}: ${err}`)
    return out
  }

  async join(group: string, on: string): Promise<void> {
    await this.#ask({ join: group, on })
  }

  async send(order: Exclude<Order, { run: string } | { join: string }>): Promise<Heard> {
    return (await this.#ask(order)) as Heard
  }

  end(): void {
    this.#child.stdin.end()
  }
}
