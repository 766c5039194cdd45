/** Remarks beside the result: on stderr, and none with --quiet. */

/** One line for the operator. */
export function note(quiet: boolean, text: string): void {
  if (!quiet) process.stderr.write(`lvsdoctor: ${text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?')}\n`)
}
