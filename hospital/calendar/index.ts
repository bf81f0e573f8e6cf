export { ageOn, type Age } from './age.ts'
export { dateText, dateTimeText, dayOfInstant, daysBetween, hospitalDay, instantOf, timeText } from './hospital-time.ts'
