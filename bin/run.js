#!/usr/bin/env node
// CommonJS, as the package.json beside says: the loader of ES modules would be a seventh of Node's own start.
const { compile, load, root } = require('./load.js')

load(compile()).main(process.argv.slice(2), root)
