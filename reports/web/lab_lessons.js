import { el, fill } from './dom.js'

// Lessons: a scenario, a question, a guess, and only then the run.

/**
 * Draws a lesson. `guess` is the number of the choice that was clicked, or null; `onguess(number)`
 * and `onleave()` are called with what is clicked.
 */
export function drawLesson(parent, lesson, { number, guess, onguess, onleave, onnext }) {
  parent.hidden = !lesson
  if (!lesson) return fill(parent)
  const isAnswered = guess != null
  const choices = lesson.choices.map((text, i) => {
    const kind = !isAnswered ? '' : i === lesson.right ? ' right' : i === guess ? ' wrong' : ''
    const words = kind === ' right' ? ' (so it is)' : kind === ' wrong' ? ' (your guess)' : ''
    return el('button', { type: 'button', class: `button guess${kind}`, disabled: isAnswered,
      onclick: () => onguess(i) }, text, words && el('span', { class: 'for-readers' }, words))
  })
  return fill(parent,
    el('div', { class: 'lesson-words' },
      el('h2', {}, `Lesson ${number}: ${lesson.title}`),
      el('p', {}, lesson.story, ' ', el('b', {}, lesson.question))),
    el('div', { class: 'button-row', role: 'group', 'aria-label': 'Your guess' }, choices),
    isAnswered && el('p', { class: 'lesson-answer', 'aria-live': 'polite' },
      el('b', {}, guess === lesson.right ? 'Right. ' : 'Not so. '), lesson.answer),
    el('div', { class: 'button-row lesson-ways' },
      isAnswered && onnext && el('button', { type: 'button', class: 'button', onclick: onnext },
        'next lesson'),
      el('button', { type: 'button', class: 'button', onclick: onleave }, 'leave the lesson')))
}
