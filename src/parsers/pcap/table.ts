/** An open-addressing index from three 32-bit keys to dense numbers 1, 2, 3 …; no object per entry. */

export function mix(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 13)
}

export class Table {
  private index = new Int32Array(1 << 10)
  private mask = (1 << 10) - 1
  private keys = new Int32Array(3 << 9)
  count = 0

  constructor(private readonly most: number) {}

  get full(): boolean {
    return this.count >= this.most
  }

  /** The number of a key; 0: unknown. */
  find(a: number, b: number, c: number): number {
    const { index, mask, keys } = this
    for (let i = mix(a, b, c) & mask; ; i = (i + 1) & mask) {
      const n = index[i] as number
      if (n === 0) return 0
      const k = n * 3
      if (keys[k] === a && keys[k + 1] === b && keys[k + 2] === c) return n
    }
  }

  /** Adds an unknown key. 0: full. */
  add(a: number, b: number, c: number): number {
    if (this.full) return 0
    this.count += 1
    const n = this.count
    if (n * 2 > this.mask) this.grow()
    if (n * 3 + 3 > this.keys.length) this.keys = larger(this.keys, this.keys.length * 2)
    this.keys[n * 3] = a
    this.keys[n * 3 + 1] = b
    this.keys[n * 3 + 2] = c
    this.place(n)
    return n
  }

  key(n: number, which: number): number {
    return this.keys[n * 3 + which] as number
  }

  private place(n: number): void {
    const { index, mask, keys } = this
    let i = mix(keys[n * 3] as number, keys[n * 3 + 1] as number, keys[n * 3 + 2] as number) & mask
    while (index[i] !== 0) i = (i + 1) & mask
    index[i] = n
  }

  private grow(): void {
    this.index = new Int32Array(this.index.length * 2)
    this.mask = this.index.length - 1
    for (let n = 1; n < this.count; n += 1) this.place(n)
  }
}

export function larger(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const fresh = new Int32Array(length)
  fresh.set(old)
  return fresh
}
