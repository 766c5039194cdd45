/** A network namespace of this machine as the referee: what the model says is held against what the kernel does. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Why the kernel of this machine cannot be asked; undefined: it can. */
export function whyNoKernel(...tools: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'not Linux'
  if (process.getuid?.() !== 0) return 'not root'
  for (const tool of ['ip', ...tools]) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `no ${tool}`
  }
  const veth = inNamespace('ip link add a0 type veth peer name a1')
  return veth.status === 0 ? undefined : `no namespace with veth: ${veth.stderr.trim()}`
}

/** Runs a shell script in a network namespace of its own that ends with it. */
export function inNamespace(script: string, input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', script], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  })
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' }
}

/** Repeatable random choices (mulberry32), so that a failure can be shown again. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** 0 <= n < below. */
  roll(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }

  chance(oneIn: number): boolean {
    return this.roll(oneIn) === 0
  }

  pick<T>(list: readonly T[]): T {
    return list[this.roll(list.length)] as T
  }
}

const WIRE = fileURLToPath(new URL('wire.py', import.meta.url))

/** One step for the far end of the cables: see wire.py. */
export type WireStep =
  | { readonly run: string; readonly input?: string }
  | { readonly cable: 0 | 1; readonly frame: string }
  | { readonly cable: 0 | 1; readonly ask: string }
  | { readonly send: string; readonly to: string; readonly hear?: 0 | 1 }

/** Plays the steps in a namespace with two cables, v0 and v1 being our ends; `join`: addresses that join 224.0.0.18. */
export function onTheWire(
  setup: readonly string[],
  steps: readonly WireStep[],
  join: readonly string[] = [],
): string[] {
  const { stdout, stderr } = spawnSync('unshare', ['-n', 'python3', WIRE], {
    encoding: 'utf8',
    input: JSON.stringify({ setup, join, steps }),
    maxBuffer: 1 << 28,
  })
  if (stderr !== '') throw new Error(stderr)
  return JSON.parse(stdout) as string[]
}
