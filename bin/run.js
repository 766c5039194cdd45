#!/usr/bin/env node
// CommonJS, as the package.json beside says: the loader of ES modules would be a seventh of Node's own start.
const { setFlagsFromString } = require('node:v8')
const { compile, load, root } = require('./load.js')

const script = compile()
// After compiling, because V8 refuses a code cache that was made under other flags. Only where the flag is known to exist: V8
// tells of an unknown one on stderr.
const node = Number.parseInt(process.versions.node, 10)
// An ordinary run ends before optimised code could pay for itself: let a function run eight times as long before that.
// Large inputs gain too, up to a quarter of the time: less is optimised on a few untypical lines and thrown away again.
if (node === 20) setFlagsFromString('--interrupt-budget=500000')
// Most patterns are tried on many lines: compile them once, not for the interpreter first and at the second line again.
if (node <= 24) setFlagsFromString('--no-regexp-tier-up')
// Threads that help to collect a few megabytes of garbage cost more to wake than they do.
if (node <= 24) setFlagsFromString('--no-parallel-scavenge')
// And whatever is left when the work is done goes with the process.
if (node <= 24) setFlagsFromString('--no-minor-gc-task')
load(script).main(process.argv.slice(2), root)
