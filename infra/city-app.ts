import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CityStack } from './city-stack.ts';
import { readSettings } from './settings.ts';

/** Puts the city's stack into the app and the checks that fail its synthesis: CloudFormation's own rules and cdk-nag. */
export const addCity = (app: App): CityStack => {
  const settings = readSettings(app);
  const stack = new CityStack(app, `phosach-${settings.city}`, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stack;
};
