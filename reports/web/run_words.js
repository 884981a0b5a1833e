import { seconds } from './dom.js'

// A run in few words, for rows and flags. `trace` is the JSON of docs/trace-json.md throughout.

/** The words in front of a node's own, when it was about something that befell it. */
const befallingWords = {
  restart: 'restarts and reads its log', pause: 'stops handling', resume: 'goes on'
}

/** Whether something befell the node, which did nothing for it. */
export function isBefalling(step) {
  return ['crash', 'restart', 'pause', 'resume', 'clock'].includes(step.type)
}

/** "reserve (hold 0)" */
export function messageWords(message) {
  return message.kind + (message.detail ? ` (${message.detail})` : '')
}

/** What became of a message that was not simply handled; an empty text if it was. */
export function fateWords(message) {
  const gone = {
    lost: 'lost', corrupted: 'corrupted', cut: 'cut', dropped: 'dropped',
    unconnected: 'no connection', 'found-down': 'finds it down',
    'turned-away': 'is turned away', forgotten: 'forgotten in a crash'
  }[message.end]
  if (gone) return gone
  if (message.late) return `${((message.arrives - message.sent) / 1e9).toFixed(1)} s late`
  return message.copy_of != null ? 'a copy' : ''
}

/** Whether a message did not come to be handled. */
export function isGone(message) {
  return !['handled', 'waiting', 'under-way'].includes(message.end)
}

const isReceipt = effect => effect.name === 'placed' || effect.name === 'not_placed'

/** What set a step off: "gets reserve from orders". Empty where a flag says it. */
function causeWords(trace, step, full) {
  if (step.type === 'message') {
    if (step.effects.some(isReceipt) && !full) return ''
    const message = trace.messages[step.message]
    if (!message) return `gets ${step.kind}`
    const isShort = full || (message.detail ?? '').length < 14
    const what = isShort ? messageWords(message) : message.kind
    return `gets ${what} from ${trace.nodes[message.from].name}`
  }
  if (step.type === 'timer') return `its timer ${step.kind} fires`
  if (step.type === 'request') return 'places its order'
  if (step.finds_damage) return 'finds a forced record of its log damaged, and stays down'
  if (step.failure) return `fails, and stays down: ${step.failure}`
  if (step.type === 'crash') return step.for_good ? 'goes down for good' : 'goes down'
  if (step.type === 'clock') return `its clock now reads ${seconds(step.clock)}`
  if (step.type === 'disk' || step.type === 'start') return ''
  return befallingWords[step.type]
}

const recordNames = (records, isTold) => [
  ...new Set(records.filter(record => isTold(record.order)).map(record => record.name))].join(', ')

const lossWords = effect => effect.was_durable ? ', which it had on disk' : ': not on disk yet'

/** What a step wrote, and what came to be on disk. */
function logWords(step, isTold) {
  const parts = []
  const ours = step.effects.filter(effect => isTold(effect.order) || effect.records)
  for (const effect of ours.filter(one => one.does === 'durable')) {
    const names = recordNames(effect.records ?? [], isTold)
    if (names) parts.push(`on disk: ${names}`)
  }
  for (const effect of ours.filter(one => one.does === 'lose')) {
    const names = recordNames(effect.records ?? [], isTold)
    parts.push(names ? `loses ${names}${lossWords(effect)}` : 'loses records of other orders')
  }
  const written = ours.filter(one => one.does === 'write').map(one => one.name)
  const isForced = ours.some(one => one.does === 'force')
  if (written.length) parts.push(`${isForced ? 'forces' : 'writes'} ${written.join(', ')}`)
  else if (isForced) parts.push('forces its log')
  return parts
}

/** A step in words, without what the diagram shows: its messages. */
export function stepWords(trace, step, isTold = () => true, full = false) {
  return [causeWords(trace, step, full), ...logWords(step, isTold)].filter(Boolean).join(' · ')
}

const units = effect => effect.units.join(', ')

/** A fact as a flag: its words, and what kind of flag it is; null for what is shown otherwise. */
function flagOf(effect) {
  switch (effect.name) {
    case 'held': {
      const until = effect.expires == null ? '' : ` until ${seconds(effect.expires)}`
      return { kind: 'holds', text: `holds ${units(effect)}${until}` }
    }
    case 'assigned': return { kind: 'assigns', text: `assigns ${units(effect)}` }
    case 'released': return { kind: 'frees', text: `frees ${units(effect)}` }
    case 'expired': return { kind: 'frees', text: `${units(effect)} expired` }
    case 'refused': return { kind: 'frees', text: 'refuses' }
    case 'decided': return { kind: 'decides', text: `decides ${effect.detail}` }
    case 'placed': return { kind: 'told', text: 'told: placed' }
    case 'not_placed': return { kind: 'told', text: 'told: not placed' }
    default: return null
  }
}

/** The flags of a step, as far as they are about orders that are told. */
export function flagsOf(step, isTold) {
  const ours = step.effects.filter(effect => effect.does === 'fact' && isTold(effect.order))
  return ours.map(flagOf).filter(Boolean)
}

/** One effect as a line of its own: what was done, and what became of it. */
export function effectWords(trace, effect) {
  const detail = effect.detail ? ` (${effect.detail})` : ''
  switch (effect.does) {
    case 'send': {
      const message = trace.messages[effect.message]
      const arrives = message.arrives == null ? '' : `there at ${seconds(message.arrives)}`
      const fate = [arrives, fateWords(message)].filter(Boolean).join(', ')
      return `sends ${messageWords(message)} to ${trace.nodes[message.to].name}: ${fate}`
    }
    case 'write': return `writes ${effect.name}${detail}`
    case 'force': return `forces its log, until ${seconds(trace.forces[effect.force].ends)}`
    case 'arm': return `sets its timer ${effect.name} for ${seconds(effect.until)}`
    case 'cancel': return `stops its timer ${effect.name}`
    case 'durable': return `on disk now: ${recordNames(effect.records ?? [], () => true)}`
    case 'lose':
      return `loses ${recordNames(effect.records ?? [], () => true)}${lossWords(effect)}`
    default: return flagOf(effect)?.text ?? `${effect.name.replaceAll('_', ' ')}${detail}`
  }
}

/** Whether a step, or something that it did, is about an order that is told. */
export function isAboutTold(step, isTold) {
  if (step.order && isTold(step.order)) return true
  return step.effects.some(effect => (effect.order && isTold(effect.order)) ||
    effect.records?.some(record => record.order && isTold(record.order)))
}
