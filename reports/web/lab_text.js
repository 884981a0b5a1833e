// What the lab knows of a scenario's text: its tokens, where a cursor stands in it, and what the
// schema has to say there. Nothing here touches the page.

const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|[{}[\],:]|[^\s{}[\],:"/]+|\//g

/** Tokens with their places: strings, punctuation, comments and words. */
export function tokensOf(text) {
  const tokens = []
  for (const found of text.matchAll(tokenPattern)) {
    const first = found[0][0]
    const type = first === '"' ? 'string' : first === '/' ? 'comment'
      : '{}[],:'.includes(first) ? 'mark' : 'word'
    tokens.push({ type, text: found[0], begin: found.index, end: found.index + found[0].length })
  }
  for (const [i, token] of tokens.entries()) {
    const next = tokens.slice(i + 1).find(later => later.type !== 'comment')
    if (token.type === 'string' && next?.text === ':') token.type = 'key'
  }
  return tokens
}

/** What a string of the text says, were it not yet closed. */
function contentOf(string) {
  try {
    return JSON.parse(string)
  } catch {
    return string.replace(/^"|"$/g, '')
  }
}

/**
 * Where a cursor stands: the path to the object or list around it, whether a key or a value is due
 * there, the key of the value, and the token that the cursor is in or at the end of.
 */
export function placeAt(text, cursor) {
  const around = []
  let token = null
  for (const one of tokensOf(text)) {
    if (one.begin >= cursor) break
    const holdsCursor = one.end > cursor || (one.end === cursor && one.type !== 'mark')
    if (holdsCursor) { token = one; break }
    const inner = around.at(-1)
    if (one.text === '{' || one.text === '[') {
      around.push({ isList: one.text === '[', key: null, index: 0, isValueDue: one.text === '[' })
    } else if (one.text === '}' || one.text === ']') {
      around.pop()
    } else if (one.text === ',' && inner) {
      inner.index++
      if (!inner.isList) Object.assign(inner, { key: null, isValueDue: false })
    } else if (one.text === ':' && inner) {
      inner.isValueDue = true
    } else if (inner && !inner.isList && !inner.isValueDue) {
      inner.key = contentOf(one.text)
    }
  }
  if (token?.type === 'comment') return null
  const path = around.slice(0, -1).map(level => level.isList ? level.index : level.key)
  const inner = around.at(-1)
  if (!inner) return null
  return { path, isKey: !inner.isList && !inner.isValueDue, key: inner.isList ? null : inner.key,
    token, typed: token ? contentOf(text.slice(token.begin, cursor)) : '' }
}

/** All that a schema may be: what it refers to, and its alternatives. */
function formsOf(schema, root, depth = 0) {
  if (!schema || typeof schema !== 'object' || depth > 12) return []
  if (schema.$ref) {
    return formsOf(root.definitions[schema.$ref.replace('#/definitions/', '')], root, depth + 1)
  }
  const alternatives = [...schema.anyOf ?? [], ...schema.allOf ?? [], ...schema.oneOf ?? []]
  return [schema, ...alternatives.flatMap(one => formsOf(one, root, depth + 1))]
}

function formsAt(path, root) {
  let forms = formsOf(root, root)
  for (const step of path) {
    forms = forms.flatMap(form => {
      if (typeof step === 'number') return formsOf(form.items, root)
      const named = form.properties?.[step]
      const other = typeof form.additionalProperties === 'object' && form.additionalProperties
      return formsOf(named ?? other, root)
    })
  }
  return forms
}

/** The keys that the object around a cursor has already. */
function keysAround(text, path) {
  let value = null
  try {
    value = JSON.parse(text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1'))
  } catch {
    return []
  }
  for (const step of path) value = value?.[step]
  return value && typeof value === 'object' ? Object.keys(value) : []
}

/** The names of the scenario's nodes, were it unfinished. */
export function nodeNames(text) {
  const tokens = tokensOf(text)
  const at = tokens.findIndex(token => token.text === '"nodes"' && token.type === 'key')
  const names = []
  let depth = 0
  for (const token of at < 0 ? [] : tokens.slice(at + 2)) {
    if ('{['.includes(token.text)) depth++
    if ('}]'.includes(token.text)) depth--
    if (depth === 0) break
    if (depth === 1 && token.type === 'key') names.push(contentOf(token.text))
  }
  return names
}

/** The messages and timers of the protocols that the scenario names, or of all. */
function kindsOf(text, families) {
  const strings = new Set(tokensOf(text).map(token => contentOf(token.text)))
  const named = families.filter(family => strings.has(family.name))
  return new Set((named.length ? named : families).flatMap(family => family.kinds))
}

const keysOfNodes = ['node', 'from', 'to', 'at', 'host']

/**
 * What could stand at the cursor: `options` with their `text` and `doc`, and the place in the text
 * that one of them would take. Nothing where anything may stand.
 */
export function completionsAt(text, cursor, schema, families = []) {
  const place = placeAt(text, cursor)
  if (!place) return null
  const { path, isKey, key, token, typed } = place
  const begin = token ? token.begin : cursor
  const end = token ? token.end : cursor
  let options = []
  if (isKey) {
    const there = keysAround(text, path)
    for (const form of formsAt(path, schema)) {
      for (const [name, what] of Object.entries(form.properties ?? {})) {
        const isNew = !there.includes(name) || name === contentOf(token?.text ?? '')
        if (isNew) options.push({ text: name, insert: JSON.stringify(name), doc: what.description })
      }
    }
  } else {
    const at = key === null ? [...path, 0] : [...path, key]
    for (const form of formsAt(at, schema)) {
      for (const value of form.enum ?? (form.type === 'boolean' ? [true, false] : [])) {
        options.push({ text: String(value), insert: JSON.stringify(value), doc: '' })
      }
    }
    if (options.length === 0 && keysOfNodes.includes(key ?? path.at(-1))) {
      options = nodeNames(text)
        .map(name => ({ text: name, insert: JSON.stringify(name), doc: 'a node' }))
    }
    if (key === 'kind' && families.length) {
      const kinds = kindsOf(text, families)
      options = options.filter(option => kinds.has(option.text))
    }
  }
  const wanted = typed.toLowerCase()
  const seen = new Set()
  options = options.filter(({ text: name }) => {
    const isNew = !seen.has(name) && name.toLowerCase().includes(wanted)
    seen.add(name)
    return isNew
  })
  options.sort((a, b) => b.text.toLowerCase().startsWith(wanted) -
    a.text.toLowerCase().startsWith(wanted))
  return options.length ? { begin, end, isKey, options } : null
}
