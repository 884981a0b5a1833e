import { inflate, startEngine } from './lab_engine.js'

// The engine in a worker, so that the page answers while a run is made.

/** What the worker does: it answers one question after the other. */
function serveInWorker() {
  let ready = null
  onmessage = async ({ data }) => {
    try {
      if (data.engine) { ready = startEngine(data.engine); await ready; return }
      const answer = await ready
      postMessage({ id: data.id, text: answer(data.question) })
    } catch (problem) {
      postMessage({ id: data.id, text: JSON.stringify({ error: String(problem) }) })
    }
  }
}

const bytesOf = base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))

/**
 * Starts the engine, which comes compressed and as base64. `ask(question)` promises its answer; a
 * worker that failed to stop in time can be had anew with `restart`: what was asked before is then
 * never answered.
 */
export async function startWorker(base64) {
  const engine = await inflate(bytesOf(base64))
  const source = `const startEngine = ${startEngine}\n;(${serveInWorker})()`
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const waiting = new Map()
  let worker
  let asked = 0
  function restart() {
    worker?.terminate()
    waiting.clear()
    worker = new Worker(address)
    worker.onmessage = ({ data }) => {
      waiting.get(data.id)?.(JSON.parse(data.text))
      waiting.delete(data.id)
    }
    worker.postMessage({ engine })
  }
  restart()
  return {
    ask(question) {
      const id = ++asked
      worker.postMessage({ id, question: JSON.stringify(question) })
      return new Promise(resolve => waiting.set(id, resolve))
    },
    restart,
  }
}
