import { render } from 'preact';
import { getHostConfig } from './api/client.ts';
import { App } from './app.tsx';
import { Gate } from './sign-in/gate.tsx';
import { startSession } from './sign-in/session.ts';
import './styles/tokens.css';
import './styles/header.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/plan.css';
import './styles/plan-life.css';
import './styles/bins.css';
import './styles/bin-details.css';
import './styles/circumstances.css';
import './styles/environment.css';
import './styles/episodes.css';
import './styles/air.css';
import './styles/laboratory.css';
import './styles/sensors.css';
import './styles/fleet.css';
import './styles/kpis.css';
import './styles/map.css';
import './styles/sign-in.css';

const root = document.getElementById('app');
if (root) {
  await startSession((await getHostConfig()).signIn);
  render(
    <Gate>
      <App />
    </Gate>,
    root,
  );
}
