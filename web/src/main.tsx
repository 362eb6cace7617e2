import { render } from 'preact';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/header.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/plan.css';
import './styles/plan-life.css';
import './styles/bins.css';
import './styles/bin-details.css';
import './styles/environment.css';
import './styles/episodes.css';
import './styles/air.css';
import './styles/laboratory.css';
import './styles/sensors.css';
import './styles/map.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
