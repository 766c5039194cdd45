/** Every check asks the same questions of a capture; each is answered once. */

export function oncePer<K extends object, V>(answer: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>()
  return (of) => {
    const before = known.get(of)
    if (before !== undefined) return before
    const now = answer(of)
    known.set(of, now)
    return now
  }
}
