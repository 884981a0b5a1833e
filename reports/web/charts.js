// What the pages take from Observable Plot. The bundle is a script of its own, `Plot` is its name,
// and a page must do without it: where the program was built without node there is none.
export {
  areaY, axisX, axisY, barX, barY, cell, dot, frame, gridX, gridY, lineY, link, plot, pointer,
  rectX, rectY, ruleX, ruleY, stackX, text, tickX, tickY, tip
} from '@observablehq/plot'
