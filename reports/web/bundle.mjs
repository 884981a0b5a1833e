// node bundle.mjs FILE: writes charts.js and all that it needs into one script, `Plot`, with the
// licences of what it is made of, which ask to go with every copy.
import { build } from 'esbuild'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const licenceNames = ['LICENSE', 'LICENSE.md', 'LICENCE', 'license']

/** The package that a bundled file comes from: its folder and its name, or null. */
function packageOf(file) {
  const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file)
  return match && { folder: here + match[1], name: match[2] }
}

function licenceOf({ folder, name }) {
  const path = licenceNames.map(licence => `${folder}/${licence}`).find(existsSync)
  if (!path) throw new Error(`${name} brings no licence`)
  return readFileSync(path, 'utf8').trim()
}

/** Each licence once, after the names of all packages that have it. */
function licences(files) {
  const namesOf = new Map()
  for (const one of files.map(packageOf).filter(Boolean)) {
    const text = licenceOf(one)
    namesOf.set(text, (namesOf.get(text) ?? new Set()).add(one.name))
  }
  const texts = [...namesOf].map(([text, names]) => `${[...names].sort().join(', ')}\n\n${text}`)
  return texts.sort().join('\n\n').replaceAll('*/', '* /')
}

const result = await build({
  absWorkingDir: here,
  entryPoints: ['charts.js'],
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'Plot',
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false
})
const text = result.outputFiles[0].text
writeFileSync(process.argv[2], `${text}/*\n${licences(Object.keys(result.metafile.inputs))}\n*/\n`)
