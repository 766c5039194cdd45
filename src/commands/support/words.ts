/** Positional words as typed. oclif's own list is put in order by searching it for every word, which is quadratic. */
export function sourcesOf(raw: readonly { readonly type: string; readonly input: string }[]): readonly string[] {
  return raw.filter(({ type }) => type === 'arg').map(({ input }) => input)
}
