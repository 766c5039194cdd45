/** Remembers what a pure function of a text answered: pastes repeat their commands. */
export function remembering<T>(of: (text: string) => T, most = 512): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = of(text)
    // Hostile input with ever new lines must not fill the memory.
    if (known.size < most) known.set(text, made)
    return made
  }
}
