import type { DoneVisit, ProblemVehicle } from '../../../shared/routing/problem.ts';

/** Who has driven so far, as breaks see it. */
type Driver = { readonly vehicle: ProblemVehicle; readonly roll: (sides: number) => number; time: number };

type Age = 'over' | 'due' | 'to come';

/** Some breaks are over, then at most one is due, for no leg has two; the rest are to come. */
const agesOfBreaks = ({ vehicle, roll }: Driver, hasBegun: boolean): readonly Age[] => {
  const over = hasBegun ? roll(vehicle.breaks.length + 1) : 0;
  const due = over + roll(2);
  return vehicle.breaks.map((_, index) => (index < over ? 'over' : index < due ? 'due' : 'to come'));
};

/** Rests where the vehicle is now, in a window that is open; it opened after the break before, for that is the order of breaks. */
const rest = (driver: Driver, due: ProblemVehicle['breaks'][number], notBefore: number): void => {
  const { time, roll } = driver;
  due.window = [Math.max(notBefore, Math.floor(time) - roll(997)), Math.ceil(time) + roll(997)];
  driver.time += due.seconds;
};

/** Takes the breaks that are over and due; answers those to come, which are owed to nobody whose day ends before. */
export const placeBreaks = (driver: Driver, done: DoneVisit[]): ProblemVehicle['breaks'] => {
  const { vehicle, roll } = driver;
  const ages = agesOfBreaks(driver, done.length > 0);
  let notBefore = vehicle.shift[0];
  vehicle.breaks.forEach((each, index) => {
    const age = ages[index];
    if (age === 'to come') return;
    const arrivesAt = driver.time;
    rest(driver, each, notBefore);
    notBefore = each.window[0];
    if (age === 'due') return;
    // It was cut short, or dragged on.
    driver.time = arrivesAt + roll(997);
    done.push({ kind: 'break', arrivesAt, serviceStartsAt: arrivesAt, departsAt: driver.time });
  });
  return vehicle.breaks.filter((_, index) => ages[index] === 'to come');
};
