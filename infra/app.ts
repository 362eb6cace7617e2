import { App } from 'aws-cdk-lib';
import { addCity } from './city-app.ts';

addCity(new App());
