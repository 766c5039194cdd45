/** Masks secrets before anything is stored. The same secret gets the same token, so comparing still works. */

export interface Redactor {
  /** One line with every secret replaced by `<secret-N/LENGTH>`. */
  line(text: string): string
}

const WORTH_A_LOOK = /auth|pass|pwd|secret|token|api_?key|:\/\/|PRIVATE KEY/i
const TOKEN = /^<secret-(\d+)\/\d+>$/
const SEEN_TOKEN = /<secret-(\d{1,9})\/\d/g

// Words that follow `auth_pass` in keepalived's own messages ("Truncating auth_pass to 8 characters").
const NOT_A_VALUE = /^(?:to|is|are|in|on|of|and|must|too|longer|has|was|for)$/

interface Pattern {
  /** Group 1: kept. Group 2: the secret. */
  readonly find: RegExp
  readonly skip?: (value: string, before: string) => boolean
}

const VALUE = `("[^"]*"|'[^']*'|[^\\s"',;]+)`

const PATTERNS: readonly Pattern[] = [
  {
    // keepalived.conf, also inside `sed s/auth_pass a/auth_pass b/`; the value may be quoted.
    find: /(auth_?pass(?:wd|word|phrase|s)?["']?[\s=:]+)("[^"]*"|'[^']*'|(?:(?!\/?auth_?pass)\S)+)/gi,
    skip: (value, before) => NOT_A_VALUE.test(value) && !/^[\s{]*$/.test(before),
  },
  // tcpdump -v of a VRRPv2 packet; the password is the last thing on the line.
  { find: /(\bauth ")(.*)(?="\s*$)/g },
  { find: /(\bauthentication\s.{0,80}?\bpass(?:word)?\s+)(\S+)/g, skip: (value) => /^[{}]$/.test(value) },
  { find: /(\b(?:proxy-)?authorization:\s*(?:(?:basic|bearer|digest)\s+)?)(\S.*)$/gi },
  { find: /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{1,64}:)([^\s/@]+)(?=@)/gi },
  {
    find: new RegExp(
      `(\\b(?:[\\w-]{0,32}password|passwd|passphrase|[\\w-]{0,32}secret|[\\w-]{0,32}token|api_?key)["']?\\s{0,4}[=:]\\s{0,4})${VALUE}`,
      'gi',
    ),
  },
  // Lower case only: `PWD=` is the working directory that sudo logs.
  { find: new RegExp(`(\\bpwd=)${VALUE}`, 'g') },
  { find: new RegExp(`((?:^|\\s)--?(?:password|passwd|pass|token)[= ]\\s{0,4})${VALUE}`, 'g') },
  { find: /(\bsshpass\s+-p\s*)(\S+)/g },
  { find: /(\bcurl\b.{0,200}?\s(?:-u|--user)[\s=]*[^\s:]{1,64}:)(\S+)/g },
]

/** One per run: tokens are comparable over all the inputs that went through the same redactor. */
export function createRedactor(): Redactor {
  const numbers = new Map<string, number>()
  const taken = new Set<number>()
  const encoder = new TextEncoder()
  let next = 1
  let inKey = false

  function tokenOf(secret: string): string {
    const bytes = encoder.encode(secret)
    // keepalived compares only the first eight bytes of auth_pass (VRRPv2 has no room for more).
    const same = bytes.subarray(0, 8).join(',')
    let number = numbers.get(same)
    if (number === undefined) {
      while (taken.has(next)) next += 1
      number = next
      next += 1
      numbers.set(same, number)
    }
    return `<secret-${number}/${bytes.length}>`
  }

  function mask(value: string): string {
    if (TOKEN.test(value)) return value
    const quote = /^(["']).*\1$/.test(value) && value.length > 1 ? value.charAt(0) : ''
    const bare = quote === '' ? value : value.slice(1, -1)
    // tcpdump 4.9 shows the zero padding of the eight-byte field as `^@`.
    const secret = bare.replace(/(?:\^@){1,8}$/, '')
    return secret === '' || TOKEN.test(secret) ? value : `${quote}${tokenOf(secret)}${quote}`
  }

  function line(text: string): string {
    if (inKey || text.includes('PRIVATE KEY-----')) return keyLine(text)
    if (!WORTH_A_LOOK.test(text)) return text
    for (const seen of text.matchAll(SEEN_TOKEN)) taken.add(Number(seen[1]))
    let masked = text
    for (const { find, skip } of PATTERNS) {
      masked = masked.replace(find, (all: string, before: string, value: string, ...rest: unknown[]) => {
        const at = rest.find((part) => typeof part === 'number')
        const prefix = masked.slice(0, typeof at === 'number' ? at : 0)
        return skip?.(value, prefix) ? all : `${before}${mask(value)}`
      })
    }
    return masked
  }

  function keyLine(text: string): string {
    if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(text)) inKey = true
    else if (/-----END |^\s*$|[^A-Za-z0-9+/=\s:,-]/.test(text)) inKey = false
    else return '<secret-key>'
    return text
  }

  return { line }
}
