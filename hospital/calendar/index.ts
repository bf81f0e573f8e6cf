export { ageOn, type Age } from './age.ts'
export {
  dateText,
  dateTimeText,
  dayOfInstant,
  daysBetween,
  hospitalDay,
  instantOf,
  periodText,
  shortDateText,
  timeText,
} from './hospital-time.ts'
