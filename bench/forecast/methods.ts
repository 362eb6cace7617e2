import { type Correction, correctionOf, learnt, UNCALIBRATED } from '../../shared/waste/forecast/calibration.ts';
import type { FittedBin } from '../../shared/waste/forecast/fit.ts';
import type { Piece } from '../../shared/waste/forecast/piece.ts';
import {
  type Forecast,
  fillQuantile,
  probabilityOver,
  timeToLevel,
  transformOf,
} from '../../shared/waste/forecast/predict.ts';
import { around, hoursUntil, meanSlope, pastErrors, seasonalFilling } from './baselines.ts';
import { account, type Outcome, type Predictor, type Scores } from './scores.ts';

const HOUR_MS = 3_600_000;

/** One question to all methods: from this level at `from`, how full at `to`? With what each may know. */
export type Question = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly fitted: FittedBin;
  readonly known: readonly Piece[];
  readonly cityRate: number;
};

export type Asked = {
  readonly judge: (outcome: Outcome) => void;
  /** What came in the end, known to within so much, for intervals to be learnt from, whether it is judged or not. */
  readonly learn: (outcome: Pick<Outcome, 'level' | 'atLeast'> & { readonly within: number }) => void;
  /** The same for the baselines, whose errors are those of this very horizon. */
  readonly learnErrors: (level: number) => void;
};

const ours = ({ from, to, start, fitted }: Question, correction: Correction) => {
  const forecast: Forecast = {
    start: { status: 'known', fraction: start, at: from },
    model: fitted.model,
    exposure: fitted.exposure,
    correction,
  };
  const predictor: Predictor = {
    quantile: (p) => fillQuantile(forecast, to, p),
    cdf: (x) => 1 - probabilityOver(forecast, to, x),
    hoursTo: (level) => {
      const at = timeToLevel(forecast, level, 0.5);
      return at === null ? null : (at - from) / HOUR_MS;
    },
  };
  return { predictor, transform: (level: number) => transformOf(forecast, to, level) };
};

/** Our forecast beside "last value + mean slope" and the seasonal naive, asked the same and told the same. */
export const methods = () => {
  let calibration = UNCALIBRATED;
  const names = ['forecast', 'last value + mean slope', 'seasonal naive'] as const;
  const accounts = names.map(() => account());
  const errors = { slope: pastErrors(), seasonal: pastErrors() };
  const ask = (question: Question): Asked => {
    const { from, to, start, known, cityRate } = question;
    const model = ours(question, correctionOf(calibration));
    const slope = meanSlope(known, cityRate);
    const bySlope = start + (slope * (to - from)) / HOUR_MS;
    const bySeason = start + seasonalFilling(known, from, to, slope);
    const seasonal = (hours: number): number => seasonalFilling(known, from, from + hours * HOUR_MS, slope);
    const predictors = [
      model.predictor,
      around(bySlope, errors.slope.snapshot(), start, (level) =>
        slope > 0 ? Math.max(0, level - start) / slope : null,
      ),
      around(bySeason, errors.seasonal.snapshot(), start, (level) => hoursUntil(level - start, seasonal)),
    ];
    return {
      judge: (outcome) => {
        predictors.forEach((predictor, index) => {
          accounts[index]?.add(predictor, outcome);
        });
      },
      learn: ({ level, atLeast, within }) => {
        calibration = learnt(
          calibration,
          model.transform(level - within),
          atLeast ? 1 : model.transform(level + within),
        );
      },
      learnErrors: (level) => {
        errors.slope.add(level - bySlope);
        errors.seasonal.add(level - bySeason);
      },
    };
  };
  return {
    ask,
    scores: (): readonly (Scores & { readonly method: string })[] =>
      names.map((method, index) => ({ method, ...(accounts[index] as ReturnType<typeof account>).scores() })),
  };
};
