/** What the command line of a tcpdump says about its output. */

export interface TcpdumpCommand {
  readonly interface?: string
  /** Everything that is not an option: the filter expression. undefined: of a file nobody knows what was left out when it was written. */
  readonly filter?: string
  /** Count of `t`: 3 and 5 print distances instead of times. */
  readonly stampStyle: number
  /** `-A`, `-x`, `-X`: payload is printed between the packets. */
  readonly payload: boolean
  /** `-v`: details stand on lines of their own. */
  readonly verbose: boolean
}

/** Options of tcpdump that take an argument, glued or as the next word. */
const WITH_ARGUMENT = 'BcCEFGijmMrsTVwWyzZQ'
const WORD = /'([^']*)'|"([^"]*)"|[^\s'"]+/g

/** Reads `sudo tcpdump -nni any host 10.0.0.1  # why`. undefined where no tcpdump is called. */
export function readCommand(command: string): TcpdumpCommand | undefined {
  const words = split(command)
  const self = words.findIndex((word) => word === 'tcpdump' || word.endsWith('/tcpdump'))
  if (self < 0) return undefined
  let device: string | undefined
  let stampStyle = 0
  let payload = false
  let verbose = false
  let file = false
  const filter: string[] = []
  for (let index = self + 1; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word.startsWith('--')) {
      const [name, value] = word.split('=', 2)
      if (name === '--interface') device = value ?? words[++index]
      continue
    }
    if (word.length < 2 || !word.startsWith('-')) {
      filter.push(word)
      continue
    }
    for (let letter = 1; letter < word.length; letter += 1) {
      const option = word.charAt(letter)
      if (option === 't') stampStyle += 1
      if (option === 'v') verbose = true
      if (option === 'r') file = true
      if (option === 'A' || option === 'x' || option === 'X') payload = true
      if (!WITH_ARGUMENT.includes(option)) continue
      const argument = letter + 1 < word.length ? word.slice(letter + 1) : words[++index]
      if (option === 'i') device = argument
      break
    }
  }
  return {
    ...(device === undefined ? {} : { interface: device }),
    // A filter on top of the recording's own leaves things out for sure.
    ...(file && filter.length === 0 ? {} : { filter: filter.join(' ') }),
    stampStyle,
    payload,
    verbose,
  }
}

/** Words of the command; a comment behind it is not part of it. */
function split(command: string): readonly string[] {
  const words: string[] = []
  for (const [word, single, double] of command.matchAll(WORD)) {
    if (word.startsWith('#')) break
    words.push(single ?? double ?? word)
  }
  return words
}
