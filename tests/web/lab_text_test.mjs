// What the lab knows of a text under the cursor.
import assert from 'node:assert/strict'
import test from 'node:test'
import { completionsAt, nodeNames, placeAt, tokensOf } from '../../reports/web/lab_text.js'
import { indoubt } from './support.mjs'

const schema = JSON.parse(indoubt('schema'))
/** Text with the cursor at its bar. */
const at = marked => [marked.replace('|', ''), marked.indexOf('|')]
const offered = marked => completionsAt(...at(marked), schema)?.options.map(one => one.text)

test('tokens have the places that they have in the text', () => {
  const text = '{ "a": [1, "x"] // why\n}'
  assert.deepEqual(tokensOf(text).map(token => [token.type, token.text]), [
    ['mark', '{'], ['key', '"a"'], ['mark', ':'], ['mark', '['], ['word', '1'], ['mark', ','],
    ['string', '"x"'], ['mark', ']'], ['comment', '// why'], ['mark', '}']])
  for (const token of tokensOf(text)) assert.equal(text.slice(token.begin, token.end), token.text)
})

test('a cursor knows whether a key or a value is due, and of what', () => {
  const place = marked => {
    const { path, isKey, key } = placeAt(...at(marked))
    return [path, isKey, key]
  }
  assert.deepEqual(place('{ "faults": [{ "|" }] }'), [['faults', 0], true, null])
  assert.deepEqual(place('{ "faults": [{}, { "do": "|" }] }'), [['faults', 1], false, 'do'])
  assert.deepEqual(place('{ "a": 1, "|'), [[], true, null])
  assert.deepEqual(place('{ "a": |'), [[], false, 'a'])
  assert.equal(placeAt(...at('{ // "|')), null)
})

test('keys and values are offered as the schema has them', () => {
  assert.ok(offered('{ "|').includes('protocol'))
  assert.deepEqual(offered('{ "netw|'), ['network'])
  assert.ok(offered('{ "protocol": { "name": "paxos|').includes('paxos-commit'))
  assert.ok(offered('{ "faults": [{ "do": "|" }] }').includes('partition'))
  assert.ok(offered('{ "faults": [{ "when": { "fact": "vo|" } }] }').includes('voted'))
  assert.ok(offered('{ "nodes": { "store": { "|" } } }').includes('stock'))
  assert.equal(offered('{ "name": "|"'), undefined)
})

test('a key that is there already is not offered again', () => {
  assert.ok(!offered('{ "network": {}, "|": 1 }').includes('network'))
})

test('messages are offered where a kind is due, of the protocols that are named', () => {
  const families = [{ name: 'two-phase-commit', kinds: ['prepare', 'vote'] },
    { name: 'tcc', kinds: ['try', 'tried'] }]
  const kinds = marked =>
    completionsAt(...at(marked), schema, families)?.options.map(one => one.text)
  const faults = '"faults": [{ "match": { "kind": "|" } }]'
  assert.deepEqual(kinds(`{ "protocol": { "name": "tcc" }, ${faults} }`), ['try', 'tried'])
  assert.deepEqual(kinds(`{ ${faults} }`), ['prepare', 'vote', 'try', 'tried'])
})

test('nodes are offered where a node is due', () => {
  const text = '{ "nodes": { "orders": { "role": "coordinator" }, "store": {} }, ' +
    '"faults": [{ "node": "|" }] }'
  assert.deepEqual(offered(text), ['orders', 'store'])
  assert.deepEqual(nodeNames('{ "nodes": { "a": { "b": {} }'), ['a'])
})
