/** Text helpers that know nothing of what the text is about. All linear in their input. */

// CSI, OSC, DCS/SOS/PM/APC strings and two-character escapes, as in ECMA-48; an unterminated string ends at the next ESC.
const ESCAPES =
  /\x1b\[[0-?]*[ -/]*[@-~]?|\x9b[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b]*(?:\x1b\\)?|\x1b[ -/]*[0-~]?/g

// C0 and C1 controls except the tab, zero-width characters, and the bidirectional controls that make text look like other text.
const CONTROLS =
  /[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g
const HAS_CONTROLS =
  /[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/

const CJK = /[\u2e80-\u2fdf\u3001-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff5e]/

/** Removes terminal escape sequences (colours, cursor movements, window titles). */
export function stripEscapes(text: string): string {
  return text.replace(ESCAPES, '')
}

/** One line that is safe to print on a terminal: no escapes, no control, zero-width or bidirectional characters; tabs stay. */
export function sanitise(text: string): string {
  if (!HAS_CONTROLS.test(text)) return text
  return stripEscapes(text).replace(CONTROLS, '')
}

/** Does the text hold characters that `sanitise` would remove? */
export function hasControls(text: string): boolean {
  return HAS_CONTROLS.test(text)
}

/** Backspace as a terminal shows it: `a\bb` is `b` (bold and underline of manual pages, corrected typing). */
export function applyBackspaces(text: string): string {
  if (!text.includes('\b')) return text
  const kept: string[] = []
  for (const char of text) {
    if (char === '\b') kept.pop()
    else kept.push(char)
  }
  return kept.join('')
}

/** Chinese, Japanese or Korean writing, full-width punctuation included. */
export function hasCjk(text: string): boolean {
  return CJK.test(text)
}

export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code !== 32 && code !== 9) return false
  }
  return true
}

/** Number of leading blanks and tabs. */
export function indentOf(text: string): number {
  let i = 0
  while (i < text.length && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i += 1
  return i
}

/** Last component of a path, either slash. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** `dir/ds1.txt` -> `ds1`; a name that is only an ending stays as it is. */
export function stemOf(path: string): string {
  const base = baseName(path)
  const dot = base.lastIndexOf('.')
  return dot > 0 ? base.slice(0, dot) : base
}
