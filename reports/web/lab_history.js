// What was edited, so that it can be undone, and what a link holds.

/** A history of texts. What is typed without a rest is one step. */
export function makeHistory(first) {
  const restMs = 800
  const past = []
  let now = first
  let typedAt = -Infinity
  return {
    now: () => now,
    canUndo: () => past.length > 0,
    /** Another text; `isTyped` if it is one more letter. */
    put(text, isTyped = false) {
      if (text === now) return
      const time = performance.now()
      const goesOn = isTyped && time - typedAt < restMs
      if (!goesOn) past.push(now)
      typedAt = isTyped ? time : -Infinity
      now = text
    },
    undo() {
      typedAt = -Infinity
      now = past.pop() ?? now
      return now
    },
  }
}

/** The scenario that the end of an address holds, or null. */
export function scenarioInLink(hash) {
  const found = /^#s=([\w-]+)$/.exec(hash)
  if (!found) return null
  try {
    const letters = atob(found[1].replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
