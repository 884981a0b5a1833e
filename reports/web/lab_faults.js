// The map of all single faults of a run: where each of them falls, and what would come of it.
// `trace` is the JSON of docs/trace-json.md, an entry what the engine says of one fault.

const placeKey = (node, kind, order, nth, effect) =>
  ['place', node, kind, order ?? 0, nth ?? 1, effect ?? 1].join(' ')
const sendingKey = (from, to, kind, order, nth) =>
  ['sending', from, to, kind, order ?? 0, nth ?? 1].join(' ')

/** Where a fault falls, as a key that `keyOfEffect` and `keyOfMessage` give as well. */
export function keyOfFault(fault) {
  if (fault.match) {
    const { from, to, kind, order, nth } = fault.match
    return sendingKey(from, to, kind, order, nth)
  }
  const { kind, order, nth } = fault.handling ?? {}
  return placeKey(fault.node, kind, order, nth, fault.effect)
}

/** The key of the place right before an effect. */
export function keyOfEffect(trace, step, effect) {
  const asker = effect.asked_by == null ? step : trace.steps[effect.asked_by]
  const node = trace.nodes[asker.node].name
  return placeKey(node, asker.kind, asker.order, asker.nth, effect.number)
}

export function keyOfMessage(trace, message) {
  const { kind, order, nth } = message
  return sendingKey(trace.nodes[message.from].name, trace.nodes[message.to].name, kind, order, nth)
}

/** Entries by where they fall. */
export function entriesByKey(entries) {
  const found = new Map()
  for (const entry of entries) {
    const key = keyOfFault(entry.fault)
    found.set(key, [...found.get(key) ?? [], entry])
  }
  return found
}

/** What an entry breaks that the run by itself does not. */
export function newlyBroken(entry, alone) {
  return entry.violates.filter(name => !alone.violates.includes(name))
}

/** "violated", "owed" or "holds": what becomes of the run with the fault, the worst first. */
export function fateOf(entry, alone) {
  if (newlyBroken(entry, alone).length) return 'violated'
  return entry.owes.some(name => !alone.owes.includes(name)) ? 'owed' : 'holds'
}

const isSoon = time => /^\d+ms$/.test(time ?? '') && parseInt(time) <= 10

/** What a fault does, in two or three words. */
export function deedOf(fault) {
  switch (fault.do) {
    case 'crash':
      if (!fault.restart_after) return 'crash for good'
      return isSoon(fault.restart_after) ? 'crash, back at once' : 'crash, back late'
    case 'drop': return 'lose'
    case 'delay': return 'delay'
    case 'duplicate': return fault.by ? 'double, late' : 'double'
    case 'partition': return 'cut'
    case 'pause': return 'pause'
    case 'clock': return fault.jump?.startsWith('-') ? 'clock back' : 'clock ahead'
    default: return fault.do
  }
}

/** Where it falls, in words: "vote from store to orders", "store, handling prepare, effect 2". */
export function whereOf(fault) {
  if (fault.match) return `${fault.match.kind} from ${fault.match.from} to ${fault.match.to}`
  const what = fault.handling ? `, handling ${fault.handling.kind}` : ''
  return `${fault.node}${what}, before effect ${fault.effect ?? 1}`
}

const fates = ['violated', 'owed', 'holds']

/** Entries, those that do the most harm first. */
export function worstFirst(entries, alone) {
  const rank = entry => fates.indexOf(fateOf(entry, alone))
  return [...entries].sort((a, b) => rank(a) - rank(b))
}

/** The entries of one place that do one kind of thing, the worst of them first. */
function squareOf(entries, alone) {
  const [entry] = worstFirst(entries, alone)
  return { entry, fate: fateOf(entry, alone), entries }
}

const rowNames = { crash: 'crash', pause: 'pause', clock: 'clock of', drop: 'lose a message',
  delay: 'delay a message', duplicate: 'double a message', partition: 'cut a link' }

/** The map as rows: a name, and a square for each place, in the order of the run. */
export function mapRows(entries, alone) {
  const rows = new Map()
  for (const entry of entries) {
    const { fault } = entry
    const name = fault.match ? rowNames[fault.do] : `${rowNames[fault.do]} ${fault.node}`
    const row = rows.get(name) ?? rows.set(name, new Map()).get(name)
    const key = keyOfFault(fault)
    row.set(key, [...row.get(key) ?? [], entry])
  }
  const order = Object.values(rowNames)
  const rank = name => order.findIndex(start => name.startsWith(start))
  return [...rows].sort(([a], [b]) => rank(a) - rank(b)).map(([name, places]) =>
    ({ name, squares: [...places.values()].map(place => squareOf(place, alone)) }))
}
