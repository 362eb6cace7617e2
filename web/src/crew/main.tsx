import { render } from 'preact';
import { Gate } from '../sign-in/gate.tsx';
import { startSession } from '../sign-in/session.ts';
import { signInSettings } from '../sign-in/settings.ts';
import { CrewPage } from './page/crew-page.tsx';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/header.css';
import '../styles/sign-in.css';
import './crew.css';

const root = document.getElementById('app');
if (root) {
  await startSession(await signInSettings());
  render(
    <Gate>
      <CrewPage />
    </Gate>,
    root,
  );
}

// Where a browser has no service workers (or the page came over plain HTTP), the page works as long as there is a network.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/crew/sw.js').catch(() => {});
