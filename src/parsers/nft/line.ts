/** Parts of a line of `nft list ruleset`. */
import type { NftChain } from '../../model/facts.ts'

/** The line up to a `#` outside quotes: `# handle 4` of `nft -a`, warnings of iptables-nft. */
export function withoutComment(line: string): string {
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]
    if (char === '"') quoted = !quoted
    else if (char === '#' && !quoted) return line.slice(0, at)
  }
  return line
}

/** A rule without `# handle 4`. Any other comment stands for what nft cannot print: a match of iptables, a cut verdict. */
export function withoutHandle(line: string): string {
  const bare = withoutComment(line)
  return /^# handle \d+\s*$/.test(line.slice(bare.length)) || line.trimStart().startsWith('#') ? bare : line
}

/** Opening minus closing braces outside quotes. nft knows no escapes inside quotes. */
export function balance(text: string): number {
  let quoted = false
  let open = 0
  for (const char of text) {
    if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') open += 1
    else if (!quoted && char === '}') open -= 1
  }
  return open
}

/** `type filter hook input priority filter; policy drop;`, with `device "eth0"` or `devices = { … }` in netdev and inet ingress. */
export function readHook(text: string): Pick<NftChain, 'type' | 'hook' | 'priority' | 'policy'> | undefined {
  const head = /^type (\w+) hook (\w+)\b/.exec(text)
  if (head === null) return /^(?:devices = \{.*\}|flags offload);?$/.test(text) ? {} : undefined
  const priority = /\bpriority ([^;]*)/.exec(text)?.[1]
  const policy = /\bpolicy (\w+);/.exec(text)?.[1]
  return {
    type: head[1] as string,
    hook: head[2] as string,
    ...(priority === undefined ? {} : { priority: priority.trim() }),
    ...(policy === undefined ? {} : { policy }),
  }
}
