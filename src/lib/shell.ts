/** Text that goes into a command line for a person to paste. */

/** A word as a POSIX shell takes it: left alone where nothing in it is special, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`
}
