// Loads dist/main.cjs through V8's code cache: compiling it anew costs half as much as Node's start.
const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const root = dirname(__dirname)
const path = join(root, 'dist', 'main.cjs')

function cachedData() {
  try {
    return { cachedData: readFileSync(join(root, 'dist', 'main.cache')) }
  } catch {
    return {}
  }
}

/** The compiled bundle, a function. A cache made by another Node is refused by V8 and costs only the time to read it. */
function compile() {
  // The bundle is pure ASCII (esbuild escapes the rest), and latin1 is the cheapest way to read that.
  return new Script(readFileSync(path, 'latin1'), { filename: path, ...cachedData() })
}

/** Runs the compiled bundle and gives its exports. oclif asks for the same file again to find the commands. */
function load(script) {
  const module = { exports: {} }
  const requireFromMain = (id) => (id === path ? module.exports : require(id))
  const importChunk = (name) => import(`../dist/${name}`)
  script.runInThisContext()(module.exports, requireFromMain, module, path, dirname(path), importChunk)
  return module.exports
}

module.exports = { compile, load, root }
