import { BONES } from './bones.ts'

/**
 * The awk program that frames one command's output: it counts lines, keeps to the byte limit, marks lines that look
 * like our own, and masks secrets (of a script: all but its bones). Written for mawk, gawk and busybox awk alike; it must not hold a single quote.
 *
 * Its input ends in a line `#@exit STATUS` after one newline of our own, so that an output without a final newline keeps
 * its last line. The last two lines are therefore held back until the end.
 *
 * A masked secret is `<secret-N/LENGTH>`, where N is a ten-bit fingerprint of its first eight bytes (all that
 * keepalived uses): equal secrets of two hosts stay equal although no collector knows of the other, different ones
 * differ but for one pair in a thousand, and too little of it is left to guess the secret from.
 */
export const FRAMER = String.raw`${BONES}function fingerprint(word,    i, sum) {
  for (i = 1; i <= 8 && i <= length(word); i++) sum = (sum * 33 + index(ascii, substr(word, i, 1))) % 997
  return 1000 + sum
}
# keepalived writes about the option in prose, too: "Truncating auth_pass to 8 characters".
function prose(word) { return id != "keepalived-conf" && word ~ /^(to|is|too|must|has|not|no|and|for|in|on|string)$/ }
function masked(line,    done, word, rest) {
  while (match(line, /(auth_pass|password)[ \t=:]+/)) {
    done = done substr(line, 1, RSTART + RLENGTH - 1)
    rest = substr(line, RSTART + RLENGTH)
    if (match(rest, /^"[^"]*"/)) { word = substr(rest, 2, RLENGTH - 2); rest = substr(rest, RLENGTH + 1) }
    else if (match(rest, /^[^ \t]+/)) {
      word = substr(rest, 1, RLENGTH)
      # Not of the word: it ends the block.
      if (match(word, /[}]+$/) && RSTART > 1) word = substr(word, 1, RSTART - 1)
      rest = substr(rest, length(word) + 1)
    }
    else { line = rest; continue }
    done = done (prose(word) || word ~ /^<secret-/ ? word : "<secret-" fingerprint(word) "/" length(word) ">")
    line = rest
  }
  return done line
}
function put(line) {
  line = id == "script" ? bones(line) : masked(line)
  if (substr(line, 1, 2) == "#@") line = "#@| " line
  bytes += length(line) + 1
  if (bytes > most) cut = 1
  if (cut) return
  print line
  lines++
}
BEGIN { for (code = 33; code < 127; code++) ascii = ascii sprintf("%c", code) }
{ if (NR > 2) put(before); before = last; last = $0 }
END {
  if (NR > 1 && before != "") put(before)
  sub(/^#@exit /, "", last)
  printf "#@ end %s exit=%s lines=%d%s\n", id, last, lines, cut ? " cut=1" : ""
}
`
